/** What all charts share: the library's defaults, and small things that are drawn on top. */
import { colours } from '../theme.js';

const FONT = 'Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * Makes a Chart.js chart that never animates: it is redrawn at each commit, and a number that moves cannot be read.
 *
 * Chart.js is the page's global script from vendor/.
 *
 * @param colour gives it the theme's colours, as for `paint`
 */
export function makeChart(canvas, config, colour) {
  const { defaults } = globalThis.Chart;
  defaults.animation = false;
  defaults.transitions.active.animation.duration = 0;
  defaults.responsive = true;
  defaults.maintainAspectRatio = false;
  defaults.font.family = FONT;
  defaults.font.size = 12;
  Object.assign(defaults.plugins.tooltip, {
    padding: 10,
    cornerRadius: 8,
    boxPadding: 4,
    caretSize: 0,
    caretPadding: 10,
  });
  defaults.plugins.legend.display = false;
  const chart = new globalThis.Chart(canvas, config);
  paint(chart, colour);
  return chart;
}

/** Gives a chart the theme's colours, from its own function `colour(chart, colours)` and for what all share. */
export function paint(chart, colour) {
  const theme = colours();
  chart.$theme = theme;
  chart.options.color = theme.muted;
  const { tooltip } = chart.options.plugins;
  tooltip.backgroundColor = theme.tooltip;
  tooltip.titleColor = theme.tooltipText;
  tooltip.bodyColor = theme.tooltipText;
  for (const scale of Object.values(chart.options.scales ?? {})) {
    if (scale.ticks) scale.ticks.color = theme.muted;
    if (scale.grid) scale.grid.color = theme.grid;
    if (scale.border) scale.border.color = theme.grid;
  }
  colour(chart, theme);
  chart.update('none');
}

/** Black or white, whichever can be read better on a colour '#rrggbb' or [r, g, b]. */
export function inkOn(colour) {
  const [r, g, b] = typeof colour === 'string' ? [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16)) : colour;
  const [lr, lg, lb] = [r, g, b].map((c) =>
    c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  const luminance = 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  return (luminance + 0.05) / 0.054 > 1.05 / (luminance + 0.05) ? '#14100a' : '#ffffff';
}

/**
 * Lets the arrow keys walk over a chart's elements and Enter press one, and says each aloud.
 *
 * @param count how many elements there are now
 * @param say what element i stands for
 * @param press what a click on element i does
 */
export function walkable(chart, { count, say, press }) {
  const { canvas } = chart;
  const announce = document.getElementById('announce');
  let at = -1;
  const show = (elements) => {
    chart.setActiveElements(elements);
    chart.tooltip.setActiveElements(elements, { x: 0, y: 0 });
    chart.update('none');
  };
  canvas.tabIndex = 0;
  canvas.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count() > 0) {
      at = (at + step + count()) % count();
      show([{ datasetIndex: 0, index: at }]);
      announce.textContent = say(at);
      event.preventDefault();
    } else if ((event.key === 'Enter' || event.key === ' ') && at >= 0 && at < count()) {
      press(at);
      event.preventDefault();
    } else if (event.key === 'Escape') {
      show([]);
    }
  });
  canvas.addEventListener('blur', () => {
    at = -1;
    show([]);
  });
}
