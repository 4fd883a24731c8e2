/** Two dimensions against each other, as a table that is coloured: it needs no other form for those who do not see it. */
import * as format from '../format.js';
import { el, setText, valueElement } from '../dom.js';
import { isBlank } from '../series.js';
import { inkOn, pointOf } from './base.js';
import { heat } from './heat.js';

/**
 * @param actions {press(a, b, event), offer(a, b, point)}, with the first and second value of a cell
 * @returns {element, draw(grid, isChosen)}; grid as series.js makes it, and whether the page is filtered by a pair
 */
export function heatmapTable(first, second, actions) {
  const head = el('tr');
  const body = el('tbody');
  const table = el(
    'table',
    { class: 'heatmap' },
    el('caption', { class: 'unseen', textContent: `Events by ${first} and ${second}` }),
    el('thead', {}, head),
    body,
  );
  const most = el('span');
  const note = el('span', { class: 'heat-note' });
  const element = el(
    'div',
    {},
    el('div', { class: 'heat-scroll', tabIndex: 0, role: 'group', 'aria-label': 'Heatmap, scrolls sideways' }, table),
    el(
      'div',
      { class: 'heat-legend' },
      el('span', { textContent: '0' }),
      el('span', { class: 'heat-scale', 'aria-hidden': 'true' }),
      most,
      note,
    ),
  );
  let shape = '';
  let cells = [];
  let at = null;
  table.addEventListener('keydown', (event) => walk(event, cells));

  function build(grid) {
    head.replaceChildren(
      el('th', { class: 'corner', scope: 'col', textContent: format.title(first) }),
      ...grid.columns.map((value) =>
        el('th', { scope: 'col', title: format.value(value) }, valueElement(format.value(value, 40), isBlank(value))),
      ),
    );
    cells = grid.rows.map((a) =>
      grid.columns.map((b) =>
        el('button', {
          type: 'button',
          class: 'heat-cell',
          tabIndex: -1,
          onclick: (event) => actions.press(a, b, event),
          oncontextmenu(event) {
            event.preventDefault();
            actions.offer(a, b, pointOf(event));
          },
        }),
      ),
    );
    body.replaceChildren(
      ...grid.rows.map((a, row) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row', title: format.value(a) }, valueElement(format.value(a, 40), isBlank(a))),
          cells[row].map((button) => el('td', {}, button)),
        ),
      ),
    );
    if (cells[0]?.[0]) cells[0][0].tabIndex = 0;
  }

  /** Makes the cells anew; who is at one of them stays at that pair. */
  function rebuild(grid) {
    const row = cells.findIndex((buttons) => buttons.includes(document.activeElement));
    const pair = row < 0 ? null : [at.rows[row], at.columns[cells[row].indexOf(document.activeElement)]];
    build(grid);
    at = grid;
    if (pair === null) return;
    const cell = cells[grid.rows.indexOf(pair[0])]?.[grid.columns.indexOf(pair[1])];
    if (cell === undefined) return;
    cells[0][0].tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
  }

  return {
    element,
    draw(grid, isChosen) {
      const newShape = JSON.stringify([grid.rows, grid.columns]);
      if (newShape !== shape) rebuild(grid);
      shape = newShape;
      grid.cells.forEach((row, r) =>
        row.forEach((count, c) => {
          fill(cells[r][c], count, grid.max, grid.rows[r], grid.columns[c]);
          press(cells[r][c], isChosen(grid.rows[r], grid.columns[c]));
        }),
      );
      setText(most, format.count(grid.max));
      const hidden = [
        [grid.hiddenRows, first],
        [grid.hiddenColumns, second],
      ].filter(([n]) => n > 0);
      setText(
        note,
        hidden.length === 0
          ? ''
          : `The biggest are shown; ${hidden.map(([n, name]) => `${format.count(n)} more of ${name}`).join(', ')}`,
      );
    },
  };
}

function press(button, chosen) {
  if (button.getAttribute('aria-pressed') !== String(chosen)) button.setAttribute('aria-pressed', String(chosen));
}

function fill(button, count, max, a, b) {
  const share = count ? Math.round((SHADES * count) / max) : 0;
  if (button.dataset.shade !== String(share)) shade(button, share);
  if (button.dataset.count === String(count)) return;
  button.dataset.count = count;
  const events = count === null ? 'not among the most frequent pairs' : format.many(count, 'event');
  const words = `${format.value(a)}, ${format.value(b)}: ${events}`;
  setText(button, count === null ? '·' : format.compact(count));
  button.title = words;
  button.setAttribute('aria-label', words);
  button.classList.toggle('zero', !count);
}

/** More shades cannot be told apart; where only another cell's count changed, a cell mostly stays as it is. */
const SHADES = 250;

function shade(button, share) {
  button.dataset.shade = share;
  if (share === 0) {
    button.style.removeProperty('--heat');
    button.style.removeProperty('--ink');
  } else {
    const colour = heat(share / SHADES);
    button.style.setProperty('--heat', `rgb(${colour.join(' ')})`);
    button.style.setProperty('--ink', inkOn(colour));
  }
}

/** Arrow keys move between the cells, so that a table is one stop for the tab key. */
export function walk(event, cells) {
  const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const row = cells.findIndex((buttons) => buttons.includes(event.target));
  if (move === undefined || row < 0) return;
  const next = cells[row + move[0]]?.[cells[row].indexOf(event.target) + move[1]];
  event.preventDefault();
  if (next === undefined) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
