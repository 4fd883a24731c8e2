/** Shares of a whole: a doughnut with percentages, and a legend of buttons with label, percent and count. */
import * as format from '../format.js';
import { el, setText, valueElement } from '../dom.js';
import { OTHER, isBlank, sum, top } from '../series.js';
import { inkOn, makeChart, pointOf, refresh, renew, walkable } from './base.js';

/** More slices than this cannot be told apart. */
const SLICES = 7;
/** Slices narrower than this (in radians) have no room for their percentage. */
const ROOM = 0.34;

const percentages = {
  id: 'percentages',
  afterDatasetsDraw(chart) {
    const total = chart.data.datasets[0].data.reduce((a, b) => a + b, 0);
    const { ctx } = chart;
    ctx.save();
    ctx.font = `600 12px ${globalThis.Chart.defaults.font.family}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    chart.getDatasetMeta(0).data.forEach((arc, index) => {
      if (arc.endAngle - arc.startAngle < ROOM) return;
      const { x, y } = arc.getCenterPoint();
      ctx.fillStyle = inkOn(chart.data.datasets[0].backgroundColor[index]);
      ctx.fillText(format.percent(chart.data.datasets[0].data[index], total), x, y);
    });
    ctx.restore();
  },
};

/**
 * @param actions {press(value, event), offer(value, point)}
 * @returns {element, draw(rows, unlisted, chosen), renew()}; `draw` returns true if the ring looks different now; rows as {value, count}, ranked, the events of all others,
 *     and the Set of values that the page is filtered by
 */
export function shareChart(name, actions) {
  const canvas = el('canvas', { role: 'img' });
  const total = el('span', { class: 'share-total' });
  const legend = el('ul', { class: 'legend' });
  const element = el(
    'div',
    { class: 'share' },
    el(
      'div',
      { class: 'share-ring' },
      canvas,
      el('div', { class: 'share-middle', 'aria-hidden': 'true' }, total, el('span', { textContent: 'events' })),
    ),
    legend,
  );
  /** A value keeps its colour for as long as the page is open, whatever its rank becomes. */
  const places = new Map();
  const items = new Map();
  let rows = [];
  let chosen = new Set();

  const chart = makeChart(
    canvas,
    {
      type: 'doughnut',
      data: { labels: [], datasets: [{ data: [], backgroundColor: [], hoverOffset: 0 }] },
      options: {
        cutout: '58%',
        onClick: (event, [hit]) => hit && pressRow(hit.index, event.native),
        onHover: (event, [hit]) =>
          canvas.classList.toggle('pressable', hit !== undefined && rows[hit.index]?.value !== OTHER),
        plugins: { tooltip: { callbacks: { label: ({ dataIndex }) => ` ${describe(dataIndex)}`, title: () => '' } } },
      },
      plugins: [percentages],
    },
    recolour,
  );
  const pressRow = (index, event) => rows[index].value !== OTHER && actions.press(rows[index].value, event);
  const describe = (index) =>
    `${format.value(rows[index].value, 48)}: ${format.count(rows[index].count)} (${format.percent(rows[index].count, sum(rows))})`;
  walkable(chart, {
    count: () => rows.length,
    say: describe,
    press: pressRow,
    offer: (index, point) => rows[index].value !== OTHER && actions.offer(rows[index].value, point),
  });

  function colourOf(value, theme) {
    if (value === OTHER) return theme.neutral;
    if (!places.has(value) && places.size < 1000) places.set(value, places.size);
    return theme.categories[(places.get(value) ?? 0) % theme.categories.length];
  }

  function recolour({ data }, theme) {
    data.datasets[0].backgroundColor = rows.map((row) => colourOf(row.value, theme));
    data.datasets[0].borderColor = theme.surface;
    data.datasets[0].borderWidth = rows.length > 1 ? 2 : 0;
    data.datasets[0].borderRadius = rows.length > 1 ? 3 : 0;
    for (const [value, item] of items) item.style.setProperty('--dot', colourOf(value, theme));
  }

  function drawLegend() {
    const all = sum(rows);
    for (const [value, item] of items) {
      if (!rows.some((row) => row.value === value)) {
        item.remove();
        items.delete(value);
      }
    }
    rows.forEach(({ value, count }, index) => {
      if (!items.has(value)) items.set(value, legendItem(value, actions));
      const item = items.get(value);
      if (value !== OTHER) item.firstChild.setAttribute('aria-pressed', String(chosen.has(value)));
      setText(item.querySelector('.legend-percent'), format.percent(count, all));
      setText(item.querySelector('.legend-count'), format.count(count));
      if (legend.children[index] !== item) legend.insertBefore(item, legend.children[index] ?? null);
    });
    setText(total, format.compact(all));
    canvas.setAttribute(
      'aria-label',
      `Doughnut chart of events by ${name}: ${rows.map((_, index) => describe(index)).join(', ')}`,
    );
  }

  /** Values, and their percentages as they are written: a tenth of one is half a pixel of the ring. */
  function lookOf() {
    const all = sum(rows);
    return JSON.stringify(rows.map(({ value, count }) => [value === OTHER ? 0 : [value], format.percent(count, all)]));
  }

  return {
    element,
    draw(ranked, unlisted, filteredBy) {
      chosen = filteredBy;
      rows = top(ranked, SLICES, unlisted);
      chart.data.labels = rows.map((row) => format.value(row.value, 48));
      chart.data.datasets[0].data = rows.map((row) => row.count);
      drawLegend();
      const look = lookOf();
      if (look === chart.$look) return false;
      recolour(chart, chart.$theme);
      return refresh(chart, look);
    },
    renew: () => renew(chart, recolour),
  };
}

function legendItem(value, { press, offer }) {
  const parts = [
    el('span', { class: 'legend-dot' }),
    valueElement(format.value(value), isBlank(value) || value === OTHER),
    el('span', { class: 'legend-percent' }),
    el('span', { class: 'legend-count' }),
  ];
  const body =
    value === OTHER
      ? el('span', { class: 'legend-item' }, parts)
      : el(
          'button',
          {
            class: 'legend-item',
            type: 'button',
            title: `Filter by ${format.value(value)}`,
            onclick: (event) => press(value, event),
            oncontextmenu(event) {
              event.preventDefault();
              offer(value, pointOf(event));
            },
          },
          parts,
        );
  return el('li', {}, body);
}
