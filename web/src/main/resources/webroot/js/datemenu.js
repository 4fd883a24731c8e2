/** Chooses a range of whole UTC days, both ends included, within the days that have data. */
import { el } from './dom.js';
import { hasRange, isDays, rangeOf } from './filter.js';
import * as format from './format.js';
import { dayOf, days } from './series.js';
import { menu } from './menu.js';

const DAY = 86_400_000;
const RANGES = [
  ['Last day', 1],
  ['Last 7 days', 7],
  ['Last 30 days', 30],
  ['Last 90 days', 90],
];

/** @param changed is called with two days YYYY-MM-DD, or null where the range is open */
export function dateMenu(changed) {
  const from = el('input', { type: 'date', name: 'from', autocomplete: 'off' });
  const to = el('input', { type: 'date', name: 'to', autocomplete: 'off' });
  const note = el('p', { class: 'menu-note' });
  let bounds = null;
  let range = [null, null];
  const view = menu('Dates', fill);
  const pick = (a, b) => {
    changed(a, b);
    fill();
  };
  for (const input of [from, to])
    input.addEventListener('change', () => input.validity.valid && pick(from.value || null, to.value || null));
  const ranges = RANGES.map(([text, length]) =>
    el('button', {
      type: 'button',
      class: 'button quiet',
      textContent: text,
      onclick: () => bounds && pick(dayOf(Date.parse(bounds.last) - (length - 1) * DAY), bounds.last),
    }),
  );
  view.panel.append(
    el('div', { class: 'dates' }, el('label', {}, 'First day', from), el('label', {}, 'Last day', to)),
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
    from.value = range[0] ?? bounds?.first ?? '';
    to.value = range[1] ?? bounds?.last ?? '';
    note.textContent =
      bounds === null
        ? 'No row has a time.'
        : `Data from ${format.day(bounds.first)} to ${format.day(bounds.last)}. Days are UTC.`;
  }

  return {
    element: view.element,
    draw(filter, hours) {
      bounds = days(hours);
      range = [filter.from, filter.to].map((text) => text?.slice(0, text.indexOf('-', 1) + 6) ?? null);
      view.say(describe(filter), hasRange(filter));
    },
  };
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
