/** Events by hour: a line with markers. */
import * as format from '../format.js';
import { timeTicks } from './ticks.js';
import { makeChart, paint, walkable } from './base.js';

const HOUR = 3_600_000;
/** Up to so many points are drawn as a smooth line with markers; more are a plain line. */
const DETAILED = 400;
/** Points that are left of a line that has more than twice as many. */
const SAMPLES = 1000;

/**
 * @param press is called with the start of the hour that was clicked, in milliseconds
 * @returns {draw(points), restyle()}; points as {x, y} in time order
 */
export function hourlyChart(canvas, press) {
  const chart = makeChart(
    canvas,
    {
      type: 'line',
      data: {
        datasets: [
          {
            data: [],
            normalized: true,
            fill: 'start',
            clip: 8,
            hitRadius: 8,
            pointHoverRadius: 5,
            pointBorderWidth: 0,
          },
        ],
      },
      options: {
        parsing: false,
        interaction: { mode: 'index', axis: 'x', intersect: false },
        onClick: (event, [hit]) => hit && press(pointAt(hit.index).x),
        onHover: (event, hits) => canvas.classList.toggle('pressable', hits.length > 0),
        plugins: {
          decimation: { enabled: true, algorithm: 'lttb', samples: SAMPLES, threshold: 2 * SAMPLES },
          tooltip: {
            displayColors: false,
            callbacks: {
              title: ([item]) => (item ? format.hour(item.raw.x) : ''),
              label: (item) => `${format.many(item.raw.y, 'event')}`,
            },
          },
        },
        scales: {
          x: {
            type: 'linear',
            grid: { display: false },
            border: { display: true },
            ticks: { autoSkip: false, maxRotation: 0, callback: (value, index, ticks) => ticks[index].text },
            afterBuildTicks: (axis) => {
              axis.ticks = timeTicks(axis.min, axis.max, axis.chart.width / 90);
            },
          },
          y: {
            beginAtZero: true,
            grid: {},
            border: { display: false },
            ticks: { maxTicksLimit: 6, precision: 0, padding: 8, callback: (value) => format.compact(value) },
          },
        },
      },
    },
    recolour,
  );
  const line = chart.data.datasets[0];
  const pointAt = (index) => line.data[index];
  const say = (index) => `${format.hour(pointAt(index).x)}: ${format.many(pointAt(index).y, 'event')}`;
  walkable(chart, { count: () => line.data.length, say, press: (index) => press(pointAt(index).x) });

  return {
    draw(points) {
      line.data = points;
      const detailed = points.length <= DETAILED;
      line.pointRadius = points.length <= 120 ? 3 : detailed ? 1.5 : 0;
      line.borderWidth = detailed ? 2 : 1.25;
      line.cubicInterpolationMode = detailed ? 'monotone' : 'default';
      line.segment = detailed ? OPEN_HOUR : undefined;
      const { x } = chart.options.scales;
      const margin = points.length === 1 ? HOUR : 0;
      x.min = points.length > 0 ? points[0].x - margin : undefined;
      x.max = points.length > 0 ? points.at(-1).x + margin : undefined;
      canvas.setAttribute(
        'aria-label',
        `Line chart of events by hour, ${format.count(points.length)} points. Arrow keys read them.`,
      );
      chart.update('none');
    },
    restyle: () => paint(chart, recolour),
  };
}

/** The hour that is still going on will grow; its line is dashed. */
const OPEN_HOUR = { borderDash: (context) => (endsInOpenHour(context) ? [4, 4] : undefined) };

function endsInOpenHour({ p1 }) {
  const start = p1?.parsed?.x;
  return start !== undefined && start + HOUR > Date.now() && start <= Date.now();
}

function recolour(chart, theme) {
  const line = chart.data.datasets[0];
  line.borderColor = theme.accent;
  line.pointBackgroundColor = theme.accent;
  line.pointHoverBackgroundColor = theme.accent;
  line.backgroundColor = ({ chart: { ctx, chartArea } }) => {
    if (!chartArea) return theme.accentSoft;
    const fade = ctx.createLinearGradient(0, chartArea.top, 0, chartArea.bottom);
    fade.addColorStop(0, theme.accentSoft);
    fade.addColorStop(1, theme.accentNone);
    return fade;
  };
}
