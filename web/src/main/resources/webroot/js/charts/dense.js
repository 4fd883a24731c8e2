/**
 * Lines of many points, drawn in short pieces. What a path costs without a graphics card grows with the square of its edges: one
 * line of a thousand points takes 35 ms, a hundred pieces of it 5 ms, and the area below it a third.
 */

/** Segments of a piece of a line, and of the area below it. */
const LINE = 8;
const AREA = 32;
const WIDTH = 1.25;

/** Chart.js plugin: draws the first line, with its area, and behind it the second one, while `chart.$dense` is true. */
export const densePlugin = {
  id: 'dense',
  beforeDatasetsDraw(chart) {
    if (!chart.$dense) return;
    const { ctx, chartArea, $theme: theme } = chart;
    const [line, shadow] = [0, 1].map((index) => chart.getDatasetMeta(index).data);
    ctx.save();
    stroke(ctx, shadow, theme.compare);
    ctx.fillStyle = fade(chart, theme);
    for (const [from, to] of pieces(line.length, AREA)) area(ctx, line, from, to, chartArea.bottom, chart.currentDevicePixelRatio);
    stroke(ctx, line, theme.accent);
    ctx.restore();
  },
};

/** The colour of the area below a line, which fades towards the axis. */
export function fade({ ctx, chartArea }, theme) {
  if (!chartArea) return theme.accentSoft;
  const gradient = ctx.createLinearGradient(0, chartArea.top, 0, chartArea.bottom);
  gradient.addColorStop(0, theme.accentSoft);
  gradient.addColorStop(1, theme.accentNone);
  return gradient;
}

/** Pairs of first and last index; each piece begins where the one before ends. */
function* pieces(points, segments) {
  for (let from = 0; from < points - 1; from += segments) yield [from, Math.min(points - 1, from + segments)];
}

function stroke(ctx, points, colour) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = WIDTH;
  ctx.lineJoin = 'bevel';
  for (const [from, to] of pieces(points.length, LINE)) {
    ctx.beginPath();
    ctx.moveTo(points[from].x, points[from].y);
    for (let i = from + 1; i <= to; i++) ctx.lineTo(points[i].x, points[i].y);
    ctx.stroke();
  }
}

/** With upright edges on whole pixels, so that the next piece joins without a seam. */
function area(ctx, points, from, to, bottom, pixels) {
  const [left, right] = [points[from], points[to]].map(({ x }) => Math.round(x * pixels) / pixels);
  ctx.beginPath();
  ctx.moveTo(left, bottom);
  ctx.lineTo(left, points[from].y);
  for (let i = from + 1; i < to; i++) ctx.lineTo(points[i].x, points[i].y);
  ctx.lineTo(right, points[to].y);
  ctx.lineTo(right, bottom);
  ctx.fill();
}
