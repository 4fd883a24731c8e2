/** The rows of one cell of a chart, over the page. They are of one version and do not move. */
import * as api from './api.js';
import { el, setText } from './dom.js';
import { describe } from './datemenu.js';
import { fromQuery, keyOf, toQuery } from './filter.js';
import * as format from './format.js';
import { columnMenu } from './eventscard.js';
import { RowFeed } from './rowfeed.js';
import { allColumns, columnsToShow, MOST } from './rows.js';
import { rowTable } from './rowtable.js';
import { columnsOf, rowsOf } from './settings.js';

/**
 * @param actions {set(name, value), setFilter(filter), redraw()}
 * @returns {draw(model, dimensions)}; open while the address has `rows`
 */
export function rowsDrawer(actions) {
  const title = el('h2', { id: 'drawer-title' });
  const note = el('p', { class: 'card-note' });
  const close = el('button', { type: 'button', class: 'button', textContent: 'Close', onclick: () => dialog.close() });
  const keep = el('button', { type: 'button', class: 'button', textContent: 'Filter the page by this' });
  const more = el('button', { type: 'button', class: 'button', textContent: 'Load more' });
  const trouble = el('p', { class: 'rows-trouble', role: 'status' });
  const columns = columnMenu((names) => actions.set('columns', names));
  const head = el('header', { class: 'card-head' }, title, el('div', { class: 'card-controls' }, columns.element, keep, close), note);
  const place = el('div', { class: 'rows-frame' });
  const dialog = el(
    'dialog',
    { class: 'drawer', 'aria-labelledby': 'drawer-title' },
    head,
    trouble,
    place,
    el('div', { class: 'rows-foot' }, more),
  );
  dialog.addEventListener('close', () => {
    if (rowsOf(location.search) !== null) actions.set('rows', null);
  });
  dialog.addEventListener('pointerdown', ({ target }) => target === dialog && dialog.close());
  document.body.append(dialog);
  let feed = null;
  let table = null;
  let filter = null;
  let shown = null;
  let asked = null;

  more.addEventListener('click', () => {
    feed.more();
    actions.redraw();
  });
  keep.addEventListener('click', () => {
    const next = filter;
    dialog.close();
    actions.setFilter(next);
  });

  function begin(query, dimensions) {
    asked = query;
    filter = fromQuery(query, dimensions);
    feed = new RowFeed(api.events, actions.redraw);
    feed.follow(toQuery(filter, '', dimensions), 0, null);
    table = rowTable('Events');
    shown = null;
    place.replaceChildren(table.element);
    setText(title, titleOf(filter));
    if (!dialog.open) dialog.showModal();
    close.focus();
  }

  return {
    draw(model, dimensions) {
      const query = rowsOf(model.query);
      if (query === null) {
        asked = null;
        if (dialog.open) dialog.close();
        return;
      }
      if (query !== asked) begin(query, dimensions);
      const { latest, error, busy } = feed;
      const parts = [latest, error, busy, model.query, model.schema];
      if (shown !== null && parts.every((part, index) => part === shown[index])) return;
      shown = parts;
      const all = allColumns(model.schema, latest.rows);
      const chosen = columnsToShow(model.schema, columnsOf(model.query), latest.rows);
      columns.draw(all, chosen);
      table.draw(latest.rows, chosen, all);
      more.hidden = latest.cursor === null;
      more.disabled = busy;
      keep.hidden = keyOf(filter) === keyOf(model.filter);
      setText(trouble, error ?? '');
      trouble.hidden = error === null;
      setText(note, noteOf(latest, busy));
    },
  };
}

function noteOf({ rows, version, cursor }, busy) {
  if (version < 0) return busy ? 'Reading …' : '';
  const full = rows.length >= MOST ? ', which are as many as fit here' : '';
  const which = cursor === null && full === '' ? `All ${format.many(rows.length, 'event')}` : `The newest ${format.count(rows.length)}${full}`;
  return `${which}, at version ${format.count(version)} · times are ${format.zoneName()}`;
}

/** What a filter selects, in words. */
export function titleOf(filter) {
  const values = [...filter.values].map(
    ([name, chosen]) => `${format.title(name).toLowerCase()} ${[...chosen].map((value) => format.value(value, 40)).join(' or ')}`,
  );
  const time = describe(filter);
  const parts = [...values, ...(time === 'All' ? [] : [time])];
  return parts.length === 0 ? 'All events' : `Events of ${parts.join(', ')}`;
}
