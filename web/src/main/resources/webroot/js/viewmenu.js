/** Views that were given a name, the link to this one, and the time zone. */
import { el } from './dom.js';
import * as format from './format.js';
import { menu } from './menu.js';
import { zoneOf } from './settings.js';

/**
 * @param presets where named views are kept
 * @param actions {query(), open(query), copyLink(), set(name, value)}
 */
export function viewMenu(presets, actions) {
  const list = el('ul', { class: 'presets' });
  const name = el('input', {
    type: 'text',
    class: 'menu-search',
    maxLength: 60,
    placeholder: 'Name of this view',
    'aria-label': 'Name of this view',
    autocomplete: 'off',
  });
  const save = el('button', { type: 'submit', class: 'button', textContent: 'Save' });
  const form = el('form', { class: 'preset-form' }, name, save);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    presets.add(name.value, actions.query());
    name.value = '';
    fill();
  });
  const zone = el('select', { class: 'select', 'aria-label': 'Time zone' });
  zone.addEventListener('change', () => {
    view.close();
    actions.set('zone', zone.value === 'UTC' ? null : zone.value);
  });
  const link = el('button', {
    type: 'button',
    class: 'button quiet',
    textContent: 'Copy the link to this view',
    onclick: () => actions.copyLink(),
  });
  const view = menu('Views', fill);
  view.panel.append(
    list,
    form,
    el('div', { class: 'menu-foot' }, el('label', { class: 'zone' }, 'Time zone', zone)),
    link,
  );

  function fill() {
    list.replaceChildren(
      ...(presets.list.length === 0
        ? [el('li', { class: 'menu-note', textContent: 'Filters and settings can be kept under a name, in this browser.' })]
        : presets.list.map(entry)),
    );
    const now = zoneOf(actions.query());
    zone.replaceChildren(
      ...zones(now).map(([value, textContent]) => el('option', { value, textContent, selected: value === now })),
    );
  }

  function entry(preset) {
    const open = el('button', {
      type: 'button',
      class: 'preset',
      textContent: format.value(preset.name),
      onclick() {
        view.close();
        actions.open(preset.query);
      },
    });
    const remove = el('button', {
      type: 'button',
      class: 'button quiet preset-remove',
      textContent: '✕',
      'aria-label': `Remove ${format.value(preset.name)}`,
      onclick() {
        presets.remove(preset.name);
        fill();
        name.focus();
      },
    });
    return el('li', { class: 'preset-row' }, open, remove);
  }

  return { element: view.element, draw: (query) => view.say(zoneOf(query) === 'UTC' ? '' : format.zoneName(), false) };
}

/** [name, text] of UTC, this browser's zone, the one that is used, and then all others. */
function zones(now) {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
  const all = Intl.supportedValuesOf?.('timeZone') ?? [];
  const texts = new Map([
    ['UTC', 'UTC'],
    [here, here === 'UTC' ? 'UTC' : `${here} (here)`],
    [now, now],
    ...all.map((zone) => [zone, zone]),
  ]);
  if (here !== 'UTC') texts.set(here, `${here} (here)`);
  return [...texts];
}
