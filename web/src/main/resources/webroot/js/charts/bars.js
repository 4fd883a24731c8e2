/** Counts of values as horizontal bars, the biggest on top, each with its count at its end. */
import * as format from '../format.js';
import { el } from '../dom.js';
import { OTHER, sum } from '../series.js';
import { makeChart, refresh, renew, walkable } from './base.js';

/** Height of a bar with its share of the gaps, in pixels: at least, and at most where the card has room. */
const ROW = { least: 31, most: 50 };
/** Letters of a label, and the width in pixels below which a chart is narrow. */
const NARROW = 420;
const LABEL = { wide: 26, narrow: 15 };

const counts = {
  id: 'counts',
  afterDatasetsDraw(chart) {
    const { ctx, $theme: theme, $rows: rows = [], $all: all } = chart;
    ctx.save();
    ctx.textBaseline = 'middle';
    chart.getDatasetMeta(0).data.forEach((bar, index) => {
      if (!rows[index]) return;
      const text = format.compact(rows[index].count);
      ctx.font = `600 12px ${globalThis.Chart.defaults.font.family}`;
      ctx.fillStyle = theme.text;
      ctx.fillText(text, bar.x + 8, bar.y);
      const { width } = ctx.measureText(text);
      ctx.font = `12px ${globalThis.Chart.defaults.font.family}`;
      ctx.fillStyle = theme.muted;
      ctx.fillText(format.percent(rows[index].count, all), bar.x + 14 + width, bar.y);
    });
    ctx.restore();
  },
};

/**
 * @param name of the dimension, for those who do not see the chart
 * @param actions {press(value, event), offer(value, point)}
 * @returns {element, draw(rows, chosen), renew()}; `draw` returns true if it looks different now; rows as {value, count} in the order in which they are shown, and the
 *     Set of values that the page is filtered by
 */
export function barChart(name, actions) {
  const canvas = el('canvas', { role: 'img' });
  const plot = el('div', { class: 'bars-plot' }, canvas);
  const element = el('div', { class: 'bars' }, plot);
  let rows = [];
  const chart = makeChart(
    canvas,
    {
      type: 'bar',
      data: {
        labels: [],
        datasets: [
          {
            data: [],
            borderRadius: 4,
            borderSkipped: 'start',
            barPercentage: 0.72,
            categoryPercentage: 0.92,
            maxBarThickness: 26,
            minBarLength: 2,
          },
        ],
      },
      options: {
        indexAxis: 'y',
        interaction: { mode: 'index', axis: 'y', intersect: false },
        layout: { padding: { right: 104 } },
        onClick: (event, [hit]) => hit && pressRow(hit.index, event.native),
        onHover: (event, [hit]) =>
          canvas.classList.toggle('pressable', hit !== undefined && rows[hit.index]?.value !== OTHER),
        plugins: {
          tooltip: {
            displayColors: false,
            callbacks: { title: () => '', label: ({ dataIndex }) => describe(dataIndex) },
          },
        },
        scales: {
          x: { display: false, beginAtZero: true },
          y: {
            grid: { display: false },
            border: { display: false },
            ticks: {
              autoSkip: false,
              crossAlign: 'far',
              padding: 6,
              font: { size: 13 },
              callback(_, index) {
                return format.value(rows[index]?.value, this.chart.width < NARROW ? LABEL.narrow : LABEL.wide);
              },
            },
          },
        },
      },
      plugins: [counts],
    },
    recolour,
  );
  let chosen = new Set();
  const pressRow = (index, event) => rows[index].value !== OTHER && actions.press(rows[index].value, event);
  const describe = (index) =>
    `${format.value(rows[index].value, 64)}: ${format.many(rows[index].count, 'event')} (${format.percent(rows[index].count, chart.$all)})`;
  walkable(chart, {
    count: () => rows.length,
    say: describe,
    press: pressRow,
    offer: (index, point) => rows[index].value !== OTHER && actions.offer(rows[index].value, point),
  });

  function recolour({ data, options }, theme) {
    data.datasets[0].backgroundColor = rows.map(({ value }) =>
      value === OTHER ? theme.neutral : chosen.has(value) ? theme.accent : theme.bar,
    );
    data.datasets[0].hoverBackgroundColor = rows.map((row) => (row.value === OTHER ? theme.neutral : theme.accent));
    options.scales.y.ticks.color = theme.text;
  }

  /** Values, their texts, and the lengths of bars to half a pixel. */
  function lookOf() {
    const longest = Math.max(1, ...rows.map(({ count }) => count));
    const bar = ({ value, count }) => [
      value === OTHER ? 0 : [value],
      chosen.has(value),
      format.compact(count),
      format.percent(count, chart.$all),
      Math.round((2 * chart.width * count) / longest),
    ];
    return JSON.stringify(rows.map(bar));
  }

  return {
    element,
    draw(shown, filteredBy) {
      const taller = shown.length !== rows.length;
      rows = shown;
      chosen = filteredBy;
      chart.$rows = shown;
      chart.$all = sum(shown);
      const look = lookOf();
      chart.data.labels = shown.map((_, index) => index);
      chart.data.datasets[0].data = shown.map((row) => row.count);
      plot.style.setProperty('min-height', `${shown.length * ROW.least + 8}px`);
      plot.style.setProperty('max-height', `${shown.length * ROW.most + 8}px`);
      canvas.setAttribute(
        'aria-label',
        `Bar chart of events by ${name}, ${shown.length} bars. Arrow keys read them, Enter filters.`,
      );
      if (!taller && look === chart.$look) return false;
      recolour(chart, chart.$theme);
      if (!taller) return refresh(chart, look);
      chart.$look = look;
      // It has another height now; to draw it in the old one first would be for nothing.
      chart.$fit();
      return true;
    },
    renew: () => renew(chart, recolour),
  };
}
