/**
 * Lines of many points, drawn in columns of pixels. What a path costs without a graphics card grows with the square of its edges:
 * a line of a thousand points takes 35 ms. This one is a picture, in which only the columns are drawn that changed.
 */
import { el } from '../dom.js';
import { columnsOf, takenOver } from './columns.js';

/** How thick a line is that does not rise, in pixels of the page, and how far it may reach out of its axes. */
const WIDTH = 1.25;
const MARGIN = 2;

export class DenseLines {
  #picture = el('canvas');
  #key = '';
  #drawn = [];
  /** Null also while the chart is being made, when it has no colours yet. */
  #lines = null;
  #stale = true;

  /** @param line its points, and `shadow` those of the line behind it, {x, y} in order of x; null while none of both is to be drawn */
  show(line, shadow) {
    this.#lines = line === null ? null : [line, shadow];
    this.#stale = true;
  }

  /** Brings the picture up to date with the lines, and the chart's axes and colours; true if it looks different now. */
  refresh(chart) {
    const axes = axesOf(chart);
    const key = JSON.stringify([axes, chart.$themed, chart.currentDevicePixelRatio]);
    if (this.#lines === null || (!this.#stale && key === this.#key)) return false;
    this.#stale = false;
    const next = this.#lines.map((points) => columnsOf(points, axes));
    if (key === this.#key) {
      const runs = takenOver(this.#drawn, next);
      runs.forEach((run) => this.#paint(chart, ...run));
      return runs.length > 0;
    }
    this.#key = key;
    this.#drawn = next;
    this.#picture.width = axes.width;
    this.#picture.height = axes.height + 2 * MARGIN * chart.currentDevicePixelRatio;
    this.#paint(chart, 0, axes.width);
    return true;
  }

  /** Chart.js plugin. */
  plugin = {
    id: 'dense',
    beforeDatasetsDraw: (chart) => {
      if (this.#lines === null) return;
      this.refresh(chart);
      const { ctx, chartArea, currentDevicePixelRatio: pixels } = chart;
      const [left, top] = [chartArea.left, chartArea.top].map((place) => Math.round(place * pixels) / pixels);
      const { width, height } = this.#picture;
      ctx.drawImage(this.#picture, left, top - MARGIN, width / pixels, height / pixels);
    },
  };

  /** Columns from `from` until before `to`. */
  #paint({ currentDevicePixelRatio: pixels, $theme: theme }, from, to) {
    const ctx = this.#picture.getContext('2d');
    const { height } = this.#picture;
    const margin = MARGIN * pixels;
    const [line, shadow] = this.#drawn;
    ctx.clearRect(from, 0, to - from, height);
    ctx.fillStyle = fading(ctx, margin, height - margin, theme);
    ctx.fillRect(from, margin, to - from, height - 2 * margin);
    for (let x = from; x < to; x++) ctx.clearRect(x, 0, 1, margin + Math.min(height, line.tops[x]));
    for (const [{ tops, bottoms }, colour] of [[shadow, theme.compare], [line, theme.accent]]) {
      ctx.fillStyle = colour;
      for (let x = from; x < to; x++) {
        if (tops[x] <= bottoms[x]) ctx.fillRect(x, margin + tops[x] - (WIDTH * pixels) / 2, 1, bottoms[x] - tops[x] + WIDTH * pixels);
      }
    }
  }
}

/** The colour of the area below a line, which fades towards the axis. */
export function fading(ctx, top, bottom, theme) {
  const gradient = ctx.createLinearGradient(0, top, 0, bottom);
  gradient.addColorStop(0, theme.accentSoft);
  gradient.addColorStop(1, theme.accentNone);
  return gradient;
}

function axesOf({ chartArea, scales, currentDevicePixelRatio: pixels }) {
  const [width, height] = [chartArea.width, chartArea.height].map((length) => Math.max(1, Math.round(length * pixels)));
  return { min: scales.x.min, max: scales.x.max, highest: scales.y.max, width, height };
}
