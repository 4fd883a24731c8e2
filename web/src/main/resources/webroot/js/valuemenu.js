/** Chooses any number of a dimension's values from a list that can be searched. */
import { el, setText, valueElement } from './dom.js';
import * as format from './format.js';
import { menu } from './menu.js';
import { isBlank, ranked } from './series.js';

/** A longer list is searched, not scrolled. */
const LISTED = 200;
const SEARCHED_FROM = 9;

/** @param changed is called with the Set of chosen values; none means all */
export function valueMenu(name, changed) {
  const title = format.title(name);
  const search = el('input', {
    type: 'search',
    class: 'menu-search',
    placeholder: 'Find',
    autocomplete: 'off',
    'aria-label': `Find a value of ${title}`,
  });
  const list = el('div', { class: 'options' });
  const note = el('p', { class: 'menu-note' });
  const clear = el('button', {
    type: 'button',
    class: 'button quiet',
    textContent: 'Clear',
    onclick: () => choose(new Set()),
  });
  let chosen = new Set();
  let rows = [];
  let latest = null;
  let unlisted = 0;
  const view = menu(title, () => {
    search.value = '';
    order();
    fill();
  });
  view.panel.append(search, list, el('div', { class: 'menu-foot' }, note, clear));
  search.addEventListener('input', fill);

  function choose(next) {
    chosen = next;
    changed(next);
    for (const input of list.querySelectorAll('input')) input.checked = next.has(input.tidemarkValue);
  }

  /** The order is settled when the list is opened, so that nothing moves under the pointer; chosen values come first. */
  function order() {
    const known = ranked(latest);
    const missing = [...chosen].filter((value) => !latest?.has(value)).map((value) => ({ value, count: 0 }));
    rows = [...missing, ...known];
    search.hidden = rows.length < SEARCHED_FROM && unlisted === 0;
  }

  function fill() {
    const wanted = search.value.trim().toLocaleLowerCase();
    const found = rows.filter(({ value }) => wanted === '' || format.value(value).toLocaleLowerCase().includes(wanted));
    const exact = search.value.trim();
    // A value that is not listed can be asked for by its name.
    if (unlisted > 0 && exact !== '' && !rows.some(({ value }) => value === exact)) found.unshift({ value: exact });
    list.replaceChildren(...found.slice(0, LISTED).map(option));
    note.textContent =
      found.length === 0
        ? 'No such value'
        : found.length > LISTED
          ? `${format.count(found.length - LISTED)} more: search`
          : unlisted > 0
            ? 'The most frequent ones; others by their whole name'
            : '';
  }

  function option({ value }) {
    const input = el('input', { type: 'checkbox', checked: chosen.has(value), tidemarkValue: value });
    input.addEventListener('change', () => {
      const next = new Set(chosen);
      if (input.checked) next.add(value);
      else next.delete(value);
      choose(next);
    });
    const count = el('span', { class: 'option-count', textContent: format.compact(latest?.get(value) ?? 0) });
    return el(
      'label',
      { class: 'option', title: format.value(value) },
      input,
      valueElement(format.value(value, 60), isBlank(value)),
      count,
    );
  }

  function refreshCounts() {
    for (const input of list.querySelectorAll('input')) {
      setText(
        input.parentElement.querySelector('.option-count'),
        format.compact(latest?.get(input.tidemarkValue) ?? 0),
      );
      input.checked = chosen.has(input.tidemarkValue);
    }
  }

  return {
    element: view.element,
    draw(now, groups, notListed) {
      chosen = now;
      unlisted = notListed;
      latest = groups;
      if (view.isOpen()) refreshCounts();
      const texts = [...now].map((value) => format.value(value, 18));
      view.say(now.size === 0 ? 'All' : now.size <= 2 ? texts.join(', ') : `${now.size} values`, now.size > 0);
    },
  };
}
