/** Rows that came, and below them those that went, in each of the last minutes. */
import * as format from '../format.js';
import { makeChart, renew, walkable } from './base.js';

const MINUTE = 60_000;

/** @returns {draw(minutes), renew()}; minutes as commits.js makes them */
export function stripChart(canvas) {
  let minutes = [];
  const title = ({ start }) => `${format.time(start)}–${format.time(start + MINUTE)} ${format.zoneName()}`;
  const labels = ({ added, removed, commits, known }) =>
    known
      ? [
          `${format.many(added, 'new row')} in ${format.many(commits, 'commit')}`,
          ...(removed > 0 ? [`${format.many(removed, 'row')} fewer`] : []),
        ]
      : ['not known'];
  const bars = { data: [], barPercentage: 0.86, categoryPercentage: 1, borderRadius: 2, stack: 'rows' };
  const chart = makeChart(
    canvas,
    {
      type: 'bar',
      data: { labels: [], datasets: [{ ...bars }, { ...bars, data: [] }] },
      options: {
        interaction: { mode: 'index', intersect: false },
        plugins: {
          tooltip: {
            displayColors: false,
            filter: ({ datasetIndex }) => datasetIndex === 0,
            callbacks: {
              title: ([item]) => (item ? title(minutes[item.dataIndex]) : ''),
              label: ({ dataIndex }) => labels(minutes[dataIndex]),
            },
          },
        },
        scales: {
          x: {
            stacked: true,
            grid: { display: false },
            // Every tenth minute; a label that is empty costs as much as another.
            afterBuildTicks: (axis) => (axis.ticks = axis.ticks.filter(({ value }) => isTenth(minutes[value]))),
            ticks: { autoSkip: false, maxRotation: 0, callback: (value) => format.time(minutes[value].start) },
          },
          y: {
            stacked: true,
            border: { display: false },
            grid: {},
            suggestedMax: 4,
            ticks: { maxTicksLimit: 3, precision: 0, padding: 8, callback: (value) => format.compact(Math.abs(value)) },
          },
        },
      },
    },
    recolour,
  );
  walkable(chart, {
    count: () => minutes.length,
    say: (index) => [title(minutes[index]), ...labels(minutes[index])].join(', '),
    press: () => {},
  });

  return {
    draw(shown) {
      minutes = shown;
      chart.data.labels = shown.map(({ start }) => start);
      chart.data.datasets[0].data = shown.map(({ added }) => added);
      chart.data.datasets[1].data = shown.map(({ removed }) => -removed);
      const sum = shown.reduce((all, { added }) => all + added, 0);
      canvas.setAttribute('aria-label', `Bar chart of the last hour, ${format.many(sum, 'new row')}. Arrow keys read the minutes.`);
      chart.update();
    },
    renew: () => renew(chart, recolour),
  };
}

const isTenth = (minute) => minute !== undefined && (minute.start / MINUTE) % 10 === 0;

function recolour({ data }, theme) {
  data.datasets[0].backgroundColor = theme.bar;
  data.datasets[0].hoverBackgroundColor = theme.accent;
  data.datasets[1].backgroundColor = theme.bad;
}
