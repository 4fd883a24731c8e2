/** Chooses a range of UTC days, both ends included, within the days that have data; and, if asked, of times within these days. */
import { el } from './dom.js';
import { ALL, hasRange, isDays, rangeOf, withRange } from './filter.js';
import * as format from './format.js';
import { partsOf, rangeOfParts } from './rangeparts.js';
import { days } from './series.js';
import { menu } from './menu.js';

const DAY = 86_400_000;
const RANGES = [
  ['Last day', 1],
  ['Last 7 days', 7],
  ['Last 30 days', 30],
  ['Last 90 days', 90],
];

/** @param changed is called with when the range begins and before when it ends, in milliseconds; null where it is open */
export function dateMenu(changed) {
  const field = (type, name) => el('input', { type, name, autocomplete: 'off' });
  const from = field('date', 'from');
  const to = field('date', 'to');
  const fromTime = field('time', 'fromTime');
  const toTime = field('time', 'toTime');
  const note = el('p', { class: 'menu-note', role: 'status' });
  let bounds = null;
  let parts = partsOf({ from: null, to: null });
  const view = menu('Dates', fill);

  function take() {
    const fields = [from, to, fromTime, toTime];
    if (fields.some(({ validity }) => validity.badInput || validity.rangeOverflow || validity.rangeUnderflow)) return;
    const range = rangeOfParts({ fromDay: from.value, toDay: to.value, fromTime: fromTime.value, toTime: toTime.value });
    if (range === null) note.textContent = 'This ends before it begins. Choose a later end, or an earlier beginning.';
    else pick(range.start, range.end);
  }

  /** The fields show what was made of them at once: the page is drawn later. */
  function pick(start, end) {
    changed(start, end);
    parts = partsOf(withRange(ALL, start, end));
    fill();
  }

  for (const input of [from, to, fromTime, toTime]) input.addEventListener('change', take);
  const ranges = RANGES.map(([text, length]) =>
    el('button', {
      type: 'button',
      class: 'button quiet',
      textContent: text,
      onclick() {
        const end = bounds === null ? null : Date.parse(bounds.last) + DAY;
        if (end !== null) pick(end - length * DAY, end);
      },
    }),
  );
  view.panel.append(
    el(
      'div',
      { class: 'dates' },
      el('label', {}, 'First day', from),
      el('label', {}, 'Last day', to),
      el('label', {}, 'From (time)', fromTime),
      el('label', {}, 'Until (time)', toTime),
    ),
    el(
      'div',
      { class: 'ranges' },
      ranges,
      el('button', { type: 'button', class: 'button quiet', textContent: 'All days', onclick: () => pick(null, null) }),
    ),
    note,
  );

  function fill() {
    for (const input of [from, to]) {
      input.min = bounds?.first ?? '';
      input.max = bounds?.last ?? '';
    }
    from.value = parts.fromDay || (bounds?.first ?? '');
    to.value = parts.toDay || (bounds?.last ?? '');
    setTime(fromTime, parts.fromTime);
    setTime(toTime, parts.toTime);
    note.textContent =
      bounds === null
        ? 'No row has a time.'
        : `Data from ${format.day(bounds.first)} to ${format.day(bounds.last)}. Days and times are UTC; parts of an hour are counted by reading the table.`;
  }

  return {
    element: view.element,
    draw(filter, hours) {
      bounds = days(hours);
      parts = partsOf(filter);
      view.say(describe(filter), hasRange(filter));
    },
  };
}

/** Seconds are shown only where there are some. */
function setTime(input, text) {
  input.step = text.length > 5 ? '1' : '60';
  input.value = text;
}

/** A range in words: days of UTC, or times of the zone that is shown. */
export function describe(filter) {
  const { from, to } = filter;
  if (!hasRange(filter)) return 'All';
  if (!isDays(filter)) {
    const { start, end } = rangeOf(filter);
    if (end === Infinity) return `from ${format.hourStart(start)}`;
    if (start === -Infinity) return `until ${format.hourStart(end)}`;
    const sameDay = format.localDay(start) === format.localDay(end);
    return `${format.hourStart(start)} – ${sameDay ? format.time(end) : format.hourStart(end)}`;
  }
  if (from === to) return format.day(from);
  if (from === null) return `until ${format.day(to)}`;
  return to === null ? `from ${format.day(from)}` : `${format.dayAndMonth(from)} – ${format.day(to)}`;
}
