/** Events over time: the grain, the range that is brushed, and the period before. */
import { card, late, whenChanged } from './cards.js';
import { hourlyChart } from './charts/hourly.js';
import { el, setText } from './dom.js';
import { otherOf } from './feed.js';
import { rangeOf } from './filter.js';
import * as format from './format.js';
import { DAY, GRAINS, HOUR, UTC, compared, pointsOf, shadowOf, wholeHours } from './periods.js';
import { comparisonOf, grainOf } from './settings.js';

const GRAIN_TEXTS = { hour: 'Hour', day: 'Day', week: 'Week' };
const COMPARISONS = [
  ['', 'Compare …'],
  ['before', 'Period before'],
  ['week', 'Same hours last week'],
];

/**
 * @param actions {press(range, event), choose(range), offer(range, title, point)}
 * @param set is called with the name and value (null: default) of a setting that the user changed
 */
export function hourlyCard(actions, set) {
  const canvas = el('canvas', { role: 'img' });
  const grains = GRAINS.map((grain) =>
    el('button', {
      type: 'button',
      class: 'segment',
      textContent: GRAIN_TEXTS[grain],
      onclick: () => set('grain', grain === 'hour' ? null : grain),
    }),
  );
  const compare = el(
    'select',
    { class: 'select', 'aria-label': 'Compare with' },
    COMPARISONS.map(([value, textContent]) => el('option', { value, textContent })),
  );
  compare.addEventListener('change', () => set('compare', compare.value === '' ? null : compare.value));
  const verdict = el('p', { class: 'verdict', hidden: true });
  const frame = card(
    'hourly',
    'Events over time',
    12,
    el('div', { class: 'hourly-body' }, verdict, el('div', { class: 'plot hourly' }, canvas)),
    el('div', { class: 'segments', role: 'group', 'aria-label': 'Sum by' }, grains),
    compare,
  );
  const chart = late(() => hourlyChart(canvas, actions));

  const draw = whenChanged(
    ({ feed, around, query, filter, offset, now }) => [
      feed.views.get('hourly'),
      comparisonOf(query) === null ? undefined : around.views.get('hourly'),
      comparisonOf(query),
      grainOf(query),
      filter,
      offset,
      Math.floor(now / HOUR) * HOUR,
      feed.views.get('totals')?.noTime,
      otherOf(feed, 'hourly'),
    ],
    (lines) => chart.draw(lines),
    (hours, all, mode, grain, filter, zone, now, noTime, older) => {
      const aligned = grain === 'hour' || wholeHours(zone, now);
      const offset = aligned ? zone : UTC;
      const comparison = all === undefined ? null : compared(all, rangeOf(filter), mode, now, grain, offset);
      const ghost = comparison === null ? [] : shadowOf(all, comparison, grain, offset);
      grains.forEach((button, index) => button.setAttribute('aria-pressed', String(GRAINS[index] === grain)));
      compare.value = mode ?? '';
      drawVerdict(verdict, all === undefined ? null : mode, comparison);
      const notes = [
        `${format.many(hours?.size ?? 0, 'hour')} with events, ${aligned ? format.zoneName() : 'days of UTC'}`,
        noTime > 0 ? `${format.many(noTime, 'event')} without a time are not here` : '',
        older > 0 ? `${format.many(older, 'event')} of older hours are not here` : '',
      ];
      frame.say(notes.filter((text) => text !== '').join(' · '));
      return { points: pointsOf(hours, grain, offset), ghost, grain, offset };
    },
  );
  return { ...frame, renew: chart.renew, draw };
}

function drawVerdict(element, mode, comparison) {
  element.hidden = mode === null;
  element.dataset.sign = Math.sign(comparison?.change ?? 0);
  setText(element, mode === null ? '' : verdictOf(mode, comparison));
}

/** What a comparison comes to, in words. */
export function verdictOf(mode, comparison) {
  if (comparison === null) {
    return mode === 'week'
      ? 'Nothing to compare with: the table does not hold the same hours of the week before, or the range is longer than a week.'
      : 'Nothing to compare with: the table does not hold the whole period before.';
  }
  const { current, before, shift, change, share } = comparison;
  const length = lengthOf(current.end - current.start);
  const percent = share === null ? '' : ` (${format.changeShare(share)})`;
  const then =
    mode === 'week'
      ? 'in the same hours of the week before'
      : shift === current.end - current.start
        ? `in the ${length} before`
        : `in as much of the ${lengthOf(shift)} before`;
  return `${format.hourStart(current.start)} – ${format.hourStart(current.end)}: ${format.many(current.count, 'event')} in ${length}, ${format.count(before.count)} ${then}: ${format.change(change)}${percent}`;
}

function lengthOf(milliseconds) {
  return milliseconds % DAY === 0
    ? format.many(milliseconds / DAY, 'day')
    : format.many(Math.round(milliseconds / HOUR), 'hour');
}
