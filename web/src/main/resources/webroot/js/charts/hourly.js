/** Events by hour, day or week: a line with markers, and behind it the line of the period before. */
import * as format from '../format.js';
import { UTC, nextStart, startOf } from '../periods.js';
import { brush, brushPlugin } from './brush.js';
import { DenseLines, fading } from './dense.js';
import { makeChart, renew, walkable } from './base.js';
import { thinned } from './thin.js';
import { timeTicks } from './ticks.js';

/** Up to so many points are drawn as a smooth line with markers; more are a plain line, in columns of pixels. */
const DETAILED = 400;
/** About so many points can be pointed at of a line that has more than twice as many. */
const MOST = 1000;
const fewer = (points) => (points.length > 2 * MOST ? thinned(points, MOST) : points);

/** Title of a point. */
const NAMES = {
  hour: (at) => format.hour(at),
  day: (at) => format.localDay(at),
  week: (at) => `Week from ${format.localDay(at)}`,
};

/**
 * @param actions {press(range, event), choose(range), offer(range, title, point)}; a range is {start, end} in milliseconds
 * @returns {draw({points, ghost, grain, offset}), renew()}; `draw` returns true if it looks different now; points as {x, y} in time order, `ghost` those of the period
 *     before, put where this one is
 */
export function hourlyChart(canvas, actions) {
  let grain = 'hour';
  let offset = UTC;
  let lines = [[], []];
  let drawn = '';
  /** Whether what can be pointed at is where its points are. */
  let placed = true;
  const dense = new DenseLines();
  const chart = makeChart(canvas, { ...config(canvas), plugins: [dense.plugin, brushPlugin] }, recolour);
  const [line, shadow] = chart.data.datasets;
  const pointAt = (index) => line.data[index];
  const rangeAt = (index) => between(index, index);
  const between = (i, j) => ({ start: pointAt(i).x, end: nextStart(pointAt(j).x, grain, offset) });
  const title = (index) => NAMES[grain](pointAt(index).x);
  const say = (index) => `${title(index)}: ${labels(pointAt(index)).join(', ')}`;
  const labels = ({ x, y }) => {
    const events = format.many(y, 'event');
    const then = lines[1].find((point) => point.x === x)?.y;
    if (then === undefined) return [events];
    const share = then > 0 ? ` (${format.changeShare((y - then) / then)})` : '';
    return [events, `before: ${format.count(then)}, ${format.change(y - then)}${share}`];
  };
  const snap = (a, b) => ({
    start: startOf(Math.min(a, b), grain, offset),
    end: nextStart(startOf(Math.max(a, b), grain, offset), grain, offset),
  });
  const drag = brush(chart, snap, actions.choose);
  walkable(chart, {
    count: () => line.data.length,
    say,
    press: (index, event) => actions.press(rangeAt(index), event),
    offer: (index, point) => actions.offer(rangeAt(index), title(index), point),
    extend(i, j) {
      drag.show(i === null ? null : between(i, j));
      return i === null ? '' : `From ${title(i)} to ${title(j)}. Enter chooses this range.`;
    },
    apply: (i, j) => actions.choose(between(i, j)),
  });
  chart.options.onClick = (event, [hit]) => hit && !drag.wasDrag() && actions.press(rangeAt(hit.index), event.native);
  chart.options.plugins.tooltip.callbacks = {
    title: ([item]) => (item ? title(item.dataIndex) : ''),
    label: (item) => labels(item.raw),
  };
  chart.options.scales.x.afterBuildTicks = (axis) => {
    axis.ticks = timeTicks(axis.min, axis.max, axis.chart.width / 90, offset);
  };

  /** What is still going on will grow; its line is dashed. */
  const open = {
    borderDash({ p1 }) {
      const start = p1?.parsed?.x;
      if (start === undefined || start > Date.now()) return undefined;
      return nextStart(start, grain, offset) > Date.now() ? [4, 4] : undefined;
    },
  };

  /** Gives all to Chart.js. */
  function place() {
    const [points, ghost] = lines;
    const detailed = points.length <= DETAILED;
    dense.show(detailed ? null : points, ghost);
    line.data = fewer(points);
    shadow.data = detailed ? ghost : [];
    line.pointRadius = points.length <= 120 ? 3 : detailed ? 1.5 : 0;
    line.borderWidth = detailed ? 2 : 0;
    line.fill = detailed ? 'start' : false;
    line.cubicInterpolationMode = shadow.cubicInterpolationMode = detailed ? 'monotone' : 'default';
    line.segment = detailed ? open : undefined;
    const { x, y } = chart.options.scales;
    const margin = points.length === 1 ? nextStart(points[0].x, grain, offset) - points[0].x : 0;
    x.min = points.length > 0 ? points[0].x - margin : undefined;
    x.max = points.length > 0 ? points.at(-1).x + margin : undefined;
    y.suggestedMax = highest([ghost]);
    canvas.setAttribute(
      'aria-label',
      `Line chart of events by ${grain}, ${format.many(line.data.length, 'point')}. Arrow keys read them, Enter filters; ` +
        'with Shift the arrows choose a range.',
    );
    placed = true;
    chart.update();
  }

  // Of very many points nothing but the picture is made anew, until somebody points at them.
  const inUse = () => canvas.matches(':hover, :focus');
  for (const type of ['pointerenter', 'focus']) canvas.addEventListener(type, () => placed || place());

  return {
    draw({ points, ghost, grain: by, offset: zone }) {
      [grain, offset, lines] = [by, zone, [points, ghost]];
      const view = JSON.stringify([by, format.zoneName(), points[0]?.x, points.at(-1)?.x, ghost.length > 0]);
      const picture = points.length > DETAILED && view === drawn && fits(chart.scales.y, highest(lines));
      drawn = view;
      if (!picture || inUse()) {
        place();
        return true;
      }
      placed = false;
      line.data = fewer(points);
      dense.show(points, ghost);
      const changed = dense.refresh(chart);
      if (changed) chart.draw();
      return changed;
    },
    renew: () => renew(chart, recolour),
  };
}

const highest = (lines) => lines.reduce((most, points) => points.reduce((y, point) => Math.max(y, point.y), most), 0);

/** True if an axis would be the same if this were the highest value. */
const fits = ({ max, ticks }, most) => most <= max && most > (ticks.at(-2)?.value ?? 0);

/** Chart.js interaction mode: the point of the line itself that is nearest along x, never one of the period before. */
function nearestOfLine(chart, event) {
  const { x } = globalThis.Chart.helpers.getRelativePosition(event, chart);
  const points = chart.getDatasetMeta(0).data;
  if (points.length === 0) return [];
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].x < x) low = middle + 1;
    else high = middle;
  }
  const index = low > 0 && x - points[low - 1].x < points[low].x - x ? low - 1 : low;
  return [{ element: points[index], datasetIndex: 0, index }];
}

function config(canvas) {
  globalThis.Chart.Interaction.modes.line ??= nearestOfLine;
  const series = { data: [], normalized: true, clip: 8, pointBorderWidth: 0 };
  return {
    type: 'line',
    data: {
      datasets: [
        { ...series, fill: 'start', hitRadius: 8, pointHoverRadius: 5 },
        { ...series, fill: false, pointRadius: 0, pointHitRadius: 0, pointHoverRadius: 0, borderWidth: 1.5 },
      ],
    },
    options: {
      parsing: false,
      interaction: { mode: 'line', axis: 'x', intersect: false },
      onHover: (event, hits) => canvas.classList.toggle('pressable', hits.length > 0),
      plugins: {
        tooltip: { displayColors: false, filter: ({ datasetIndex }) => datasetIndex === 0 },
      },
      scales: {
        x: {
          type: 'linear',
          grid: { display: false },
          border: { display: true },
          ticks: { autoSkip: false, maxRotation: 0, callback: (value, index, ticks) => ticks[index].text },
        },
        y: {
          beginAtZero: true,
          grid: {},
          border: { display: false },
          ticks: { maxTicksLimit: 6, precision: 0, padding: 8, callback: (value) => format.compact(value) },
        },
      },
    },
  };
}

function recolour(chart, theme) {
  const [line, shadow] = chart.data.datasets;
  line.borderColor = theme.accent;
  line.pointBackgroundColor = theme.accent;
  line.pointHoverBackgroundColor = theme.accent;
  shadow.borderColor = theme.compare;
  shadow.borderDash = [5, 4];
  line.backgroundColor = ({ chart: { ctx, chartArea: area } }) => (area ? fading(ctx, area.top, area.bottom, theme) : theme.accentSoft);
}
