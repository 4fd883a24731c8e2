/** Event rows as a table. A row opens to the whole event; what stays is not made anew. */
import { copyText } from './clip.js';
import { el } from './dom.js';
import * as format from './format.js';
import { cellOf, readingOf } from './rows.js';
import { treeElement } from './tree.js';

const LONGEST = 20_000;

/** @returns {element, draw(rows, columns, all), isRead(), top()}; `isRead` is true while somebody is at its rows */
export function rowTable(label) {
  const head = el('tr');
  const body = el('tbody');
  const table = el(
    'table',
    { class: 'rows' },
    el('caption', { class: 'unseen', textContent: label }),
    el('thead', {}, head),
    body,
  );
  const element = el('div', { class: 'rows-scroll', tabIndex: 0, role: 'group', 'aria-label': `${label}, scrolls` }, table);
  let known = new Map();
  let shape = '';
  let all = [];

  function draw(rows, columns, everything) {
    all = everything;
    const next = JSON.stringify([columns, format.zoneName()]);
    if (next !== shape) {
      shape = next;
      known = new Map();
      body.replaceChildren();
      head.replaceChildren(...columns.map((name) => el('th', { scope: 'col', textContent: format.value(name, 60) })));
    }
    const kept = new Map();
    let place = body.firstChild;
    for (const { key, event } of rows) {
      const one = known.get(key) ?? rowOf(event, columns);
      kept.set(key, one);
      if (one.row === place) place = (one.detail ?? one.row).nextSibling;
      else place === null ? body.append(...parts(one)) : place.before(...parts(one));
    }
    for (const [key, one] of known) if (!kept.has(key)) parts(one).forEach((part) => part.remove());
    known = kept;
    const buttons = [...body.querySelectorAll('.row-open')];
    if (!buttons.some(({ tabIndex }) => tabIndex === 0) && buttons.length > 0) buttons[0].tabIndex = 0;
  }

  const parts = ({ row, detail }) => (detail === null ? [row] : [row, detail]);

  function rowOf(event, columns) {
    const open = el('button', { type: 'button', class: 'row-open', tabIndex: -1, 'aria-expanded': 'false' });
    const cells = columns.map((name, index) => {
      const cell = cellElement(cellOf(event, name));
      if (index > 0) return el('td', {}, cell);
      open.append(cell);
      return el('td', {}, open);
    });
    const one = { row: el('tr', {}, cells), detail: null };
    one.row.addEventListener('click', ({ target }) => {
      if (target.closest('button') !== open && String(getSelection()) !== '') return;
      one.detail?.remove();
      one.detail = one.detail === null ? detailOf(event, columns.length) : null;
      open.setAttribute('aria-expanded', String(one.detail !== null));
      if (one.detail !== null) one.row.after(one.detail);
    });
    return one;
  }

  function detailOf(event, width) {
    const pairs = all.map((name) =>
      el(
        'div',
        { class: 'field' },
        el('dt', { textContent: format.value(name, 200) }),
        el('dd', {}, fieldElement(cellOf(event, name))),
      ),
    );
    const copy = el('button', {
      type: 'button',
      class: 'button',
      textContent: 'Copy as JSON',
      onclick: () => copyText(JSON.stringify(event, null, 2)),
    });
    return el('tr', { class: 'detail' }, el('td', { colSpan: width }, el('dl', { class: 'fields' }, pairs), copy));
  }

  body.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !event.target.classList.contains('row-open')) return;
    const buttons = [...body.querySelectorAll('.row-open')];
    const next = buttons[buttons.indexOf(event.target) + step];
    event.preventDefault();
    if (next === undefined) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  return {
    element,
    draw,
    isRead: () =>
      element.scrollTop > 0 ||
      body.matches(':hover') ||
      body.contains(document.activeElement) ||
      body.querySelector('.detail') !== null,
    top: () => element.scrollTo({ top: 0 }),
  };
}

function cellElement(raw) {
  const { kind, value } = readingOf(raw);
  if (kind === 'time') return el('time', { dateTime: value, title: value, textContent: format.fullMoment(Date.parse(value)) });
  const text = kind === 'tree' ? (typeof raw === 'string' ? raw : JSON.stringify(raw)) : value;
  return el('bdi', { class: kind === 'blank' ? 'value blank' : 'value', textContent: format.value(text, 80) });
}

function fieldElement(raw) {
  const { kind, value } = readingOf(raw);
  if (kind === 'tree') return treeElement(value);
  return el('bdi', { class: kind === 'blank' ? 'value blank' : 'value', textContent: format.value(value, LONGEST) });
}
