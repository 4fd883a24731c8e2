/** What a click, a Shift-click and the context menu do at the marks of all charts. */
import { rangeOf, toggled, withRange } from './filter.js';
import * as format from './format.js';
import { openMarkMenu } from './markmenu.js';
import { copyText } from './clip.js';

/**
 * A click filters by what was clicked, a second one takes that back, and with Shift the rows are shown instead.
 *
 * @param actions {filter(), setFilter(filter), showRows(filter)}
 * @returns {value(dimension), pair(first, second), range}, what charts of each kind call
 */
export function marks(actions) {
  const act = (next, rows) => (event) => (event?.shiftKey ? actions.showRows(rows()) : actions.setFilter(next()));
  const menuAt = (title, point, chosen, next, rows, text) =>
    openMarkMenu(title, point, [
      [chosen ? 'Take this filter back' : 'Filter by this', () => actions.setFilter(next())],
      ['Show its events', () => actions.showRows(rows())],
      ...(text === null ? [] : [['Copy the value', () => copyText(text)]]),
    ]);

  return {
    value(dimension) {
      const chosen = (value) => actions.filter().values.get(dimension)?.has(value) === true;
      const next = (value) => () => toggled(actions.filter(), dimension, value);
      const rows = (value) => () => only(actions.filter(), [[dimension, value]]);
      return {
        press: (value, event) => act(next(value), rows(value))(event),
        offer: (value, point) =>
          menuAt(format.value(value, 60), point, chosen(value), next(value), rows(value), value),
      };
    },
    pair(first, second) {
      const both = (a, b) => [
        [first, a],
        [second, b],
      ];
      const chosen = (a, b) => both(a, b).every(([name, value]) => actions.filter().values.get(name)?.has(value));
      const next = (a, b) => () => pairToggled(actions.filter(), both(a, b), chosen(a, b));
      const rows = (a, b) => () => only(actions.filter(), both(a, b));
      return {
        press: (a, b, event) => act(next(a, b), rows(a, b))(event),
        offer: (a, b, point) =>
          menuAt(
            `${format.value(a, 40)}, ${format.value(b, 40)}`,
            point,
            chosen(a, b),
            next(a, b),
            rows(a, b),
            null,
          ),
      };
    },
    range: {
      press: (range, event) =>
        act(
          () => rangeToggled(actions.filter(), range),
          () => withRange(actions.filter(), range.start, range.end),
        )(event),
      choose: (range) => actions.setFilter(withRange(actions.filter(), range.start, range.end)),
      offer: (range, title, point) =>
        menuAt(
          title,
          point,
          isRange(actions.filter(), range),
          () => rangeToggled(actions.filter(), range),
          () => withRange(actions.filter(), range.start, range.end),
          null,
        ),
    },
  };
}

/** The filter narrowed to single values. */
export function only(filter, pairs) {
  const values = new Map(filter.values);
  for (const [dimension, value] of pairs) values.set(dimension, new Set([value]));
  return { ...filter, values };
}

/** The filter with both values of a pair, or without them if it has both. */
export function pairToggled(filter, pairs, both) {
  return pairs.reduce(
    (now, [name, value]) => (both || !now.values.get(name)?.has(value) ? toggled(now, name, value) : now),
    filter,
  );
}

export function isRange(filter, { start, end }) {
  const now = rangeOf(filter);
  return now.start === start && now.end === end;
}

/** The filter with this range of time, or without one if it is that already. */
export function rangeToggled(filter, range) {
  return isRange(filter, range) ? withRange(filter, null, null) : withRange(filter, range.start, range.end);
}
