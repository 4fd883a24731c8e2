/** The form in which an alert is made and changed. */
import * as alertApi from './alertapi.js';
import { definitionOf, filterFor, filterWords, formOf, KINDS, rule } from './alerts.js';
import { el, setText } from './dom.js';

const OF_VALUE = [
  ['events', 'Events'],
  ['sessions', 'Sessions of the whole table'],
  ['no-time', 'Events without a time'],
];
const OF_FRESHNESS = [
  ['behind', 'Time behind the table'],
  ['commit', 'Time since the last commit'],
];
const UNITS = [
  ['percent', 'Percent'],
  ['events', 'Number of events'],
];
const WAYS = [
  ['above', 'is above'],
  ['below', 'is below'],
];

/**
 * @param actions {filter(), saved(name), cancelled()}; `filter` is the page's
 * @returns {element, open(alert)}; `alert` is null for a new one
 */
export function alertForm(actions) {
  const inputs = {
    name: input('text', { maxLength: 100, required: true, autocomplete: 'off' }),
    kind: select(KINDS),
    of: select(OF_VALUE),
    hours: input('number', { min: 1, max: 8784, step: 1 }),
    unit: select(UNITS),
    way: select(WAYS),
    limit: input('number', { step: 'any', required: true }),
    clear: input('number', { step: 'any' }),
    seconds: input('number', { min: 0, max: 604800, step: 1 }),
  };
  const rows = select([]);
  const fields = {
    name: field('Name', inputs.name),
    kind: field('What', inputs.kind),
    of: field('Which', inputs.of),
    rows: field('Of which rows', rows),
    hours: field('In how many of the last whole hours (empty: ever)', inputs.hours),
    unit: field('In', inputs.unit),
    way: field('Fires when it', inputs.way),
    limit: field('This number', inputs.limit),
    clear: field('Over when it is back at (optional)', inputs.clear),
    seconds: field('For so many seconds', inputs.seconds),
  };
  const sentence = el('p', { class: 'alert-rule' });
  const trouble = el('p', { class: 'alert-trouble', role: 'alert' });
  const cancel = el('button', { type: 'button', class: 'button', textContent: 'Cancel', onclick: () => actions.cancelled() });
  const submit = el('button', { type: 'submit', class: 'button primary', textContent: 'Save' });
  const element = el(
    'form',
    { class: 'alert-form', 'aria-label': 'Alert' },
    Object.values(fields),
    sentence,
    trouble,
    el('div', { class: 'alert-buttons' }, submit, cancel),
  );
  let before = null;

  const form = () => Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, one.value]));
  const filter = () => {
    if (rows.value === 'kept') return before.filter;
    return rows.value === 'page' ? filterFor(actions.filter(), form()) : {};
  };

  /** Shows the fields that the kind has, and what comes of them. */
  function arrange() {
    const kind = inputs.kind.value;
    const choices = kind === 'freshness' ? OF_FRESHNESS : OF_VALUE;
    if (![...inputs.of.options].some(({ value }) => value === choices[0][0])) fill(inputs.of, choices);
    const ofEvents = kind === 'change' || (kind === 'value' && inputs.of.value === 'events');
    const shown = {
      of: kind === 'value' || kind === 'freshness',
      rows: ofEvents || (kind === 'value' && inputs.of.value === 'no-time'),
      hours: ofEvents,
      unit: kind === 'change',
      way: kind === 'value' || kind === 'change',
      limit: kind !== 'state',
      clear: kind !== 'state',
    };
    for (const [name, visible] of Object.entries(shown)) fields[name].hidden = !visible;
    setText(fields.hours.firstChild, kind === 'change' ? 'Of how many whole hours' : 'In how many of the last whole hours (empty: ever)');
    inputs.limit.disabled = kind === 'state';
    inputs.hours.required = kind === 'change';
    fillRows();
    const definition = definitionOf(form(), filter(), before?.states);
    setText(sentence, kind !== 'state' && inputs.limit.value === '' ? '' : rule({ states: ['stale', 'failed'], ...definition }));
  }

  function fillRows() {
    const page = filterWords(filterFor(actions.filter(), form()));
    const kept = filterWords(before?.filter);
    const choices = [['all', 'All rows']];
    if (page !== '') choices.push(['page', `As the page shows them:${page.replace(' of', '')}`]);
    if (kept !== '' && kept !== page) choices.push(['kept', `As before:${kept.replace(' of', '')}`]);
    const chosen = rows.value;
    fill(rows, choices);
    if (choices.some(([value]) => value === chosen)) rows.value = chosen;
  }

  async function save(event) {
    event.preventDefault();
    submit.disabled = true;
    const name = inputs.name.value.trim();
    const error = await alertApi.save(name, definitionOf(form(), filter(), before?.states));
    submit.disabled = false;
    setText(trouble, error ?? '');
    if (error === null) actions.saved(name);
  }

  element.addEventListener('input', arrange);
  element.addEventListener('submit', save);
  return {
    element,
    open(alert) {
      before = alert;
      setText(trouble, '');
      fill(inputs.of, alert?.kind === 'freshness' ? OF_FRESHNESS : OF_VALUE);
      for (const [name, value] of Object.entries(formOf(alert))) inputs[name].value = value;
      inputs.name.readOnly = alert !== null;
      rows.replaceChildren();
      arrange();
      const kept = alert !== null && filterWords(alert.filter) !== '';
      rows.value = kept && [...rows.options].some(({ value }) => value === 'kept') ? 'kept' : alert === null || kept ? 'page' : 'all';
      if (rows.selectedIndex < 0) rows.value = 'all';
      arrange();
      (alert === null ? inputs.name : inputs.limit).focus();
    },
  };
}

function input(type, properties) {
  return el('input', { class: 'text-input', type, ...properties });
}

function select(choices) {
  const one = el('select', { class: 'select' });
  fill(one, choices);
  return one;
}

function fill(one, choices) {
  one.replaceChildren(...choices.map(([value, textContent]) => el('option', { value, textContent })));
}

function field(label, control) {
  return el('label', { class: 'alert-field' }, el('span', { textContent: label }), control);
}
