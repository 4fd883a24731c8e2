/** One card a view. Each draws only when its part of the model, or how it is shown, is another than last time. */
import { el, setText } from './dom.js';
import { otherOf } from './feed.js';
import * as format from './format.js';
import { grid, ranked, sum, top, withoutBlank } from './series.js';
import { barChart } from './charts/bars.js';
import { heatmapTable } from './charts/heatmap.js';
import { shareChart } from './charts/share.js';
import { blankOf, topOf } from './settings.js';
import { AGAIN } from './turns.js';

/** More bars than these are no chart; the rest is in "other". */
const TOP = [5, 10, 20, 50, 100];
const HEAT_ROWS = 12;
const HEAT_COLUMNS = 14;

/** How the default dimensions are called and shown. Others: a bar chart of the top ten. */
const KNOWN = {
  channel: { title: 'Channel distribution' },
  type: { title: 'Top event types' },
  platform: { title: 'Platforms', foldBlank: true },
  category: { title: 'Event categories', foldBlank: true, top: 100 },
};

const NONE = new Set();

/**
 * A card's frame.
 *
 * @param view name of what it shows, by which scripts find it
 * @param width in twelfths of the page on a wide screen
 */
export function card(view, title, width, body, ...controls) {
  const note = el('p', { class: 'card-note' });
  const element = el(
    'section',
    { class: `card span-${width}`, 'data-view': view, 'aria-label': title },
    el(
      'header',
      { class: 'card-head' },
      el('h2', { textContent: title }),
      el('div', { class: 'card-controls' }, controls),
      note,
    ),
    el('div', { class: 'card-body' }, body),
  );
  return { element, view, title, say: (text) => setText(note, text) };
}

/**
 * A chart that is made when it is first to be drawn, and drawn in the frame after that: all at once would hold the page up.
 *
 * @param make returns {draw, renew}, and an `element` if it is to stand in place of this one's
 */
export function late(make) {
  const element = el('div', { class: 'late' });
  let chart = null;
  return {
    element,
    draw(...what) {
      if (chart !== null) return chart.draw(...what);
      chart = make();
      if (chart.element !== undefined) element.replaceWith(chart.element);
      return AGAIN;
    },
    renew: () => chart?.renew() ?? false,
  };
}

/** @param actions {press(value, event), offer(value, point)} */
export function shareCard(dimension, actions) {
  const chart = late(() => shareChart(dimension, actions));
  const frame = card(dimension, titleOf(dimension), 4, chart.element);
  return {
    ...frame,
    renew: chart.renew,
    draw: whenChanged(
      ({ feed, filter }) => [
        feed.views.get(dimension),
        otherOf(feed, dimension),
        filter.values.get(dimension) ?? NONE,
      ],
      (groups, unlisted, chosen) => {
        frame.say('Share of events');
        return chart.draw(ranked(groups), unlisted, chosen);
      },
    ),
  };
}

/** @param set is called with the name and value (null: default) of a setting that the user changed */
export function barCard(dimension, width, actions, set) {
  const { foldBlank = false, top: usual = 10 } = KNOWN[dimension] ?? { foldBlank: true };
  const chart = late(() => barChart(dimension, actions));
  const select = el(
    'select',
    { class: 'select', 'aria-label': 'How many bars' },
    TOP.map((n) => el('option', { value: String(n), textContent: `Top ${n}` })),
  );
  const blank = el('input', { type: 'checkbox', role: 'switch' });
  const control = el(
    'label',
    { class: 'switch' },
    blank,
    el('span', { class: 'switch-track', 'aria-hidden': 'true' }),
    'Empty values',
  );
  const frame = card(dimension, titleOf(dimension), width, chart.element, foldBlank ? control : null, select);
  select.addEventListener('change', () =>
    set(`top.${dimension}`, Number(select.value) === usual ? null : select.value),
  );
  blank.addEventListener('change', () => set(`blank.${dimension}`, blank.checked ? '1' : null));
  control.title = 'Shows the events whose value is null or the empty text';
  return {
    ...frame,
    renew: chart.renew,
    draw: whenChanged(
      ({ feed, query, filter }) => [
        feed.views.get(dimension),
        topOf(query, dimension, TOP, usual),
        !foldBlank || blankOf(query, dimension),
        otherOf(feed, dimension),
        feed.views.get('totals')?.values?.[dimension],
        filter.values.get(dimension) ?? NONE,
      ],
      (groups, n, withBlank, unlisted, known, chosen) => {
        select.value = String(n);
        blank.checked = withBlank;
        const all = ranked(groups);
        const { rows, leftOut } = withBlank ? { rows: all, leftOut: 0 } : withoutBlank(all);
        select.hidden = n === usual && rows.length <= Math.min(usual, 10);
        const values = unlisted > 0 ? Math.max(known ?? 0, rows.length) : rows.length;
        const note = `${format.many(values, 'value')}, ${format.compact(sum(rows) + unlisted)} events`;
        frame.say(leftOut > 0 ? `${note} · ${format.compact(leftOut)} with an empty value left out` : note);
        return chart.draw(top(rows, n, unlisted), chosen);
      },
    ),
  };
}

/** @param actions {press(a, b, event), offer(a, b, point)} */
export function heatmapCard(first, second, actions) {
  const table = heatmapTable(first, second, actions);
  const frame = card('heatmap', `${format.title(first)} × ${secondTitle(second)}`, 12, table.element);
  return {
    ...frame,
    renew: () => false,
    draw: whenChanged(
      ({ feed, filter }) => [
        feed.views.get('heatmap'),
        otherOf(feed, 'heatmap'),
        filter.values.get(first) ?? NONE,
        filter.values.get(second) ?? NONE,
      ],
      (pairs, unlisted, chosenFirst, chosenSecond) => {
        table.draw(
          grid(pairs, first, second, HEAT_ROWS, HEAT_COLUMNS, unlisted > 0 ? null : 0),
          (a, b) => chosenFirst.has(a) && chosenSecond.has(b),
        );
        frame.say(
          unlisted > 0
            ? `Events of the most frequent pairs · ${format.many(unlisted, 'event')} of others are not here`
            : 'Events of each pair',
        );
      },
    ),
  };
}

const titleOf = (dimension) => KNOWN[dimension]?.title ?? `By ${format.title(dimension).toLowerCase()}`;
const secondTitle = (dimension) => (dimension === 'type' ? 'event type' : format.title(dimension).toLowerCase());

/**
 * A draw function that compares what it would draw with what it drew, by identity, and returns true if it drew.
 *
 * @param parts what of the model is drawn
 * @param draw draws them; returns false if that changed nothing that can be seen
 * @param prepare if given, makes of the parts what `draw` is given, in the frame before
 */
export function whenChanged(parts, draw, prepare = null) {
  let [drawn, prepared, ready] = [null, null, null];
  return (model) => {
    const now = parts(model);
    if (same(now, drawn)) return false;
    if (prepare !== null && !same(now, prepared)) {
      [prepared, ready] = [now, prepare(...now)];
      return AGAIN;
    }
    const did = prepare === null ? draw(...now) : draw(ready);
    drawn = did === AGAIN ? null : now;
    return did === AGAIN ? AGAIN : did !== false;
  };
}

const same = (parts, before) => before !== null && parts.every((part, index) => part === before[index]);
