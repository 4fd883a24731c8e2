/** What all charts share: the library's defaults, and small things that are drawn on top. */
import { colours, themeName } from '../theme.js';

const FONT = 'Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Event of a canvas whose place has another size than what is drawn. A window that is resized would have all drawn at once. */
export const OUTGROWN = 'outgrown';

/**
 * Makes a Chart.js chart that never animates: it is redrawn at each commit, and a number that moves cannot be read.
 *
 * Chart.js is the page's global script from vendor/.
 *
 * @param colour gives it the theme's colours, `colour(chart, colours)`, besides what all share
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
  chart.$fit = chart.resize.bind(chart);
  chart.resize = (...size) => {
    if (chart.width === 0) chart.$fit(...size);
    else canvas.dispatchEvent(new Event(OUTGROWN, { bubbles: true }));
  };
  colourIn(chart, colour);
  return chart;
}

/**
 * Draws a chart anew if its place has another size, or the page another theme, than when it was drawn.
 *
 * Not in Chart.js's mode `none`, in which elements that were drawn once keep the options that they share.
 *
 * @param colour as for `makeChart`
 * @returns true if it was drawn
 */
export function renew(chart, colour) {
  const { canvas } = chart;
  const before = [canvas.width, canvas.height];
  const recoloured = chart.$themed !== themeName();
  if (recoloured) colourIn(chart, colour);
  chart.$fit();
  const resized = canvas.width !== before[0] || canvas.height !== before[1];
  if (recoloured && !resized) chart.update();
  return recoloured || resized;
}

/**
 * Draws a chart anew, unless it would look the same.
 *
 * @param look text of all that can be seen of it
 * @param mode of Chart.js
 * @returns true if it was drawn
 */
export function refresh(chart, look, mode) {
  if (chart.$look === look) return false;
  chart.$look = look;
  chart.update(mode);
  return true;
}

function colourIn(chart, colour) {
  const theme = colours();
  chart.$theme = theme;
  chart.$themed = themeName();
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
}

/** Black or white, whichever can be read better on a colour '#rrggbb' or [r, g, b]. */
export function inkOn(colour) {
  const [r, g, b] = typeof colour === 'string' ? [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16)) : colour;
  const [lr, lg, lb] = [r, g, b].map((c) =>
    c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  const luminance = 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

/** Where a context menu was asked for on an element, in the window; by key it is the element's middle. */
export function pointOf(event) {
  if (event.clientX > 0 || event.clientY > 0) return { x: event.clientX, y: event.clientY };
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/**
 * Makes a chart's elements things that can be used without a pointer too. The arrow keys walk over them and say each
 * aloud, Enter presses one, and the context menu (right click, long touch, Shift+F10) offers what else can be done.
 *
 * @param count how many elements there are now
 * @param say what element i stands for
 * @param press what a click on element i does, with the event
 * @param offer shows the menu of element i at {x, y} of the window; may be left out
 * @param extend says and shows the range from element i to j, which Shift and arrows choose; may be left out
 * @param apply chooses that range for good
 */
export function walkable(chart, { count, say, press, offer, extend, apply }) {
  const { canvas } = chart;
  const announce = document.getElementById('announce');
  let at = -1;
  let anchor = null;
  const show = (elements) => {
    chart.setActiveElements(elements);
    chart.tooltip.setActiveElements(elements, { x: 0, y: 0 });
    chart.update('none');
  };
  const walk = (step, shift) => {
    if (shift && extend) anchor = anchor ?? Math.max(0, at);
    else drop();
    at = anchor === null ? (at + step + count()) % count() : Math.min(count() - 1, Math.max(0, at + step));
    show([{ datasetIndex: 0, index: at }]);
    announce.textContent = anchor === null ? say(at) : extend(Math.min(anchor, at), Math.max(anchor, at));
  };
  const drop = () => {
    if (anchor !== null) extend(null);
    anchor = null;
  };
  canvas.tabIndex = 0;
  canvas.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const known = at >= 0 && at < count();
    if (step !== undefined && count() > 0) {
      walk(step, event.shiftKey);
      event.preventDefault();
    } else if ((event.key === 'Enter' || event.key === ' ') && known) {
      event.preventDefault();
      if (anchor === null) press(at, event);
      else apply(Math.min(anchor, at), Math.max(anchor, at));
      drop();
    } else if (event.key === 'Escape') {
      drop();
      show([]);
    }
  });
  canvas.addEventListener('blur', () => {
    at = -1;
    drop();
    show([]);
  });
  canvas.addEventListener('contextmenu', (event) => {
    const { mode, axis, intersect } = chart.options.interaction;
    const hit = chart.getElementsAtEventForMode(event, mode, { axis, intersect }, true)[0];
    const index = event.button === 2 || event.pointerType === 'touch' || at < 0 ? hit?.index : at;
    if (!offer || index === undefined) return;
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    const element = chart.getDatasetMeta(0).data[index]?.getCenterPoint?.() ?? { x: 0, y: 0 };
    const byPointer = event.clientX > 0 || event.clientY > 0;
    offer(index, byPointer ? { x: event.clientX, y: event.clientY } : { x: box.x + element.x, y: box.y + element.y });
  });
}
