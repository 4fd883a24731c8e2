/** Choosing a stretch of a chart's x axis by dragging; the chart shows it while it is being chosen. */
import { oncePerFrame } from '../frame.js';

/** A pointer that moves less than this many pixels clicks. */
const SLACK = 6;

/**
 * @param chart with a linear x scale
 * @param snap turns two values of the axis into {start, end} on whole steps
 * @param chosen is called with {start, end} when the pointer is let go
 * @returns {show(range), wasDrag()}; `show` draws a range, or none if it is null; `wasDrag` tells of the last pointer
 */
export function brush(chart, snap, chosen) {
  const { canvas } = chart;
  let range = null;
  let from = null;
  let dragged = false;
  const redraw = oncePerFrame(() => chart.draw());
  const valueAt = (event) => {
    const { left, right } = chart.chartArea;
    const x = event.clientX - canvas.getBoundingClientRect().left;
    return chart.scales.x.getValueForPixel(Math.min(right, Math.max(left, x)));
  };
  const show = (next) => {
    range = next;
    redraw();
  };
  chart.$brush = () => range;
  canvas.style.touchAction = 'pan-y';
  canvas.addEventListener('pointerdown', (event) => {
    dragged = false;
    if (event.button !== 0 || chart.data.datasets[0].data.length === 0) return;
    from = { x: event.clientX, value: valueAt(event) };
  });
  canvas.addEventListener('pointermove', (event) => {
    if (from === null || (!dragged && Math.abs(event.clientX - from.x) < SLACK)) return;
    if (!dragged) canvas.setPointerCapture(event.pointerId);
    dragged = true;
    show(snap(from.value, valueAt(event)));
  });
  const stop = (event) => {
    const done = event.type === 'pointerup' && dragged ? range : null;
    from = null;
    show(null);
    if (done !== null) chosen(done);
  };
  canvas.addEventListener('pointerup', stop);
  canvas.addEventListener('pointercancel', stop);
  return { show, wasDrag: () => dragged };
}

/** Chart.js plugin that draws what `brush` shows. */
export const brushPlugin = {
  id: 'brush',
  afterDatasetsDraw(chart) {
    const range = chart.$brush?.() ?? null;
    if (range === null) return;
    const { ctx, chartArea, scales, $theme: theme } = chart;
    const [a, b] = [range.start, range.end].map((at) =>
      Math.min(chartArea.right, Math.max(chartArea.left, scales.x.getPixelForValue(at))),
    );
    ctx.save();
    ctx.fillStyle = theme.accentSoft;
    ctx.fillRect(a, chartArea.top, b - a, chartArea.bottom - chartArea.top);
    ctx.fillStyle = theme.accent;
    for (const x of [a, b]) ctx.fillRect(x - 0.75, chartArea.top, 1.5, chartArea.bottom - chartArea.top);
    ctx.restore();
  },
};
