/** The newest events: live, but still while somebody reads; columns as the user wants them. */
import * as api from './api.js';
import { card } from './cards.js';
import { el, setText } from './dom.js';
import { toQuery } from './filter.js';
import * as format from './format.js';
import { menu } from './menu.js';
import { RowFeed } from './rowfeed.js';
import { allColumns, columnsToShow, countNew, MOST, NO_ROWS } from './rows.js';
import { rowTable } from './rowtable.js';
import { columnsOf } from './settings.js';

/** @param actions {set(name, value), redraw()} */
export function eventsCard(dimensions, actions) {
  const feed = new RowFeed(api.events, actions.redraw);
  const table = rowTable('Recent events');
  const fresh = el('button', { type: 'button', class: 'button fresh', hidden: true, onclick: () => show(true) });
  const announce = el('span', { class: 'unseen', role: 'status' });
  const more = el('button', {
    type: 'button',
    class: 'button',
    textContent: 'Load more',
    onclick() {
      feed.more();
      actions.redraw();
    },
  });
  const foot = el('div', { class: 'rows-foot' }, more, el('span', { class: 'rows-end' }));
  const trouble = el('p', { class: 'rows-trouble', role: 'status', hidden: true });
  const columns = columnMenu((names) => actions.set('columns', names));
  const frame = card(
    'events',
    'Recent events',
    12,
    el('div', { class: 'events' }, trouble, el('div', { class: 'rows-frame' }, fresh, table.element), foot, announce),
    columns.element,
  );
  let shown = NO_ROWS;
  let drawn = [];
  let model = null;
  let inView = false;
  // Where the page is slow, several sights of the card come at once; the last is the one of now.
  new IntersectionObserver(
    (sights) => {
      inView = sights.at(-1).isIntersecting;
      if (inView) actions.redraw();
    },
    { rootMargin: '200px' },
  ).observe(frame.element);

  function show(asked) {
    shown = feed.latest;
    if (asked) table.top();
    draw(model);
  }

  function draw(now) {
    model = now;
    if (!inView || now.pending) return false;
    const query = toQuery(now.filter, '', dimensions);
    feed.follow(query, now.feed.version, now.feed.epoch);
    const { latest } = feed;
    const other = latest === NO_ROWS || shown.epoch !== latest.epoch || drawn[0] !== query;
    if (shown !== latest && (other || continues(shown, latest) || !table.isRead())) shown = latest;
    const waiting = shown === latest ? 0 : countNew(shown, latest);
    const parts = [query, shown, waiting, now.query, now.schema, feed.error, feed.busy];
    if (parts.every((part, index) => part === drawn[index])) return false;
    drawn = parts;
    const all = allColumns(now.schema, shown.rows);
    const chosen = columnsToShow(now.schema, columnsOf(now.query), shown.rows);
    columns.draw(all, chosen);
    table.draw(shown.rows, chosen, all);
    fresh.hidden = waiting === 0;
    const text = waiting === 0 ? '' : `${format.many(waiting, 'new event')}`;
    setText(fresh, text);
    setText(announce, text);
    more.hidden = shown.cursor === null || shown !== latest;
    more.disabled = feed.busy;
    setText(foot.lastChild, endOf(shown, feed));
    trouble.hidden = feed.error === null;
    setText(trouble, feed.error ?? '');
    frame.say(
      shown === NO_ROWS
        ? 'Reading the newest events …'
        : `The newest ${format.count(shown.rows.length)}, at version ${format.count(shown.version)} · times are ${format.zoneName()}`,
    );
    return true;
  }

  return { ...frame, renew: () => false, draw };
}

/** True if a list is the other one with more at its end: what is being read does not move. */
function continues(shown, next) {
  return shown.rows.length < next.rows.length && shown.rows.every(({ key }, index) => key === next.rows[index].key);
}

function endOf({ rows, cursor }, { latest }) {
  if (rows.length >= MOST) return `These are the newest ${format.count(MOST)}. Older ones: narrow the filter, or export.`;
  return rows.length > 0 && cursor === null && latest.rows === rows ? 'These are all.' : '';
}

/** A menu of the columns that can be shown. */
export function columnMenu(changed) {
  const list = el('div', { class: 'options' });
  const view = menu('Columns', fill);
  const usual = el('button', {
    type: 'button',
    class: 'button quiet',
    textContent: 'Usual columns',
    onclick() {
      changed(null);
      view.close();
    },
  });
  view.panel.append(list, el('div', { class: 'menu-foot' }, usual));
  let all = [];
  let chosen = [];

  function fill() {
    list.replaceChildren(
      ...all.map((name) => {
        const input = el('input', { type: 'checkbox', checked: chosen.includes(name) });
        input.addEventListener('change', () => {
          const next = all.filter((other) => (other === name ? input.checked : chosen.includes(other)));
          if (next.length === 0) input.checked = true;
          else {
            chosen = next; // The next click may come before the page is drawn.
            changed(next);
          }
        });
        return el('label', { class: 'option' }, input, el('bdi', { class: 'value', textContent: format.value(name, 60) }));
      }),
    );
  }

  return {
    element: view.element,
    draw(names, now) {
      [all, chosen] = [names, now];
      view.say(names.length === 0 ? '' : `${format.count(now.length)} of ${format.count(names.length)}`, false);
    },
  };
}
