/** Cohorts: those who were first seen on one day, and how many of them came back after some days. */
import { el, setText } from '../dom.js';
import { inkOn } from '../charts/base.js';
import { heat } from '../charts/heat.js';
import { walk } from '../charts/heatmap.js';
import { isAll } from '../filter.js';
import * as format from '../format.js';
import { withSetting } from '../settings.js';
import { cohortGrid } from './results.js';
import { leftOutOf } from './run.js';
import { runner } from './runner.js';
import { cohortOf, cohortRequest, UNITS } from './settings.js';

const NAMES = { day: 'Days', week: 'Weeks' };
const TEXTS = new Set(['string', 'byte', 'short', 'integer', 'long']);

/** @param actions {query(), go(query), redraw()} */
export function cohortPart(dimensions, actions) {
  let cohort = { unit: 'day', of: null };
  let filter = null;
  const path = () => (cohort.of === '' ? null : cohortRequest(cohort, filter, dimensions));
  const set = (name, value) => actions.go(withSetting(actions.query(), name, value));
  const units = UNITS.map((unit) =>
    el('button', {
      type: 'button',
      class: 'segment',
      textContent: NAMES[unit],
      onclick: () => set('cohort.unit', unit === 'day' ? null : unit),
    }),
  );
  const of = el('select', { class: 'select' });
  of.addEventListener('change', () => set('cohort.of', of.selectedIndex === 0 ? null : of.value));
  const run = runner('Run the cohorts', path, actions.redraw);
  const result = el('div', { class: 'analysis-result' });
  const hint = el('p', { class: 'run-note' });
  let drawn = null;
  let drawnSchema = null;

  return {
    element: el(
      'section',
      { class: 'analysis', 'aria-label': 'Cohorts' },
      el('h3', { textContent: 'Cohorts' }),
      el('p', {
        class: 'analysis-about',
        textContent: 'When those who were first seen in one day or week of UTC were seen again.',
      }),
      el(
        'div',
        { class: 'analysis-controls' },
        el('div', { class: 'segments', role: 'group', 'aria-label': 'Cohorts by' }, units),
        el('label', { class: 'choice' }, 'Who', of),
      ),
      run.element,
      hint,
      result,
      run.note,
    ),
    draw(model) {
      cohort = cohortOf(model.query);
      filter = model.filter;
      UNITS.forEach((unit, index) => units[index].setAttribute('aria-pressed', String(unit === cohort.unit)));
      if (model.schema !== drawnSchema) fillColumns(of, model.schema, cohort.of);
      drawnSchema = model.schema;
      of.value = cohort.of ?? model.schema?.distinctColumn ?? of.value;
      setText(hint, isAll(filter) ? '' : 'Of the rows that the page is filtered by: who was seen only before them counts as new.');
      run.draw(model.feed);
      const { answer } = run.run;
      if (answer !== drawn) result.replaceChildren(...(answer === null ? [] : [resultOf(answer)]));
      drawn = answer;
    },
  };
}

/** The distinct column, and others that may hold ids. */
function fillColumns(select, schema, chosen) {
  const usual = schema?.distinctColumn ?? null;
  const names = (schema?.columns ?? []).filter(({ type, name }) => TEXTS.has(type) && name !== usual).map(({ name }) => name);
  const all = [...(usual === null ? [] : [usual]), ...names];
  if (chosen !== null && !all.includes(chosen)) all.push(chosen);
  select.replaceChildren(...all.map((name) => el('option', { value: name, textContent: format.value(name, 40) })));
}

function resultOf(answer) {
  if (answer.cohorts.length === 0) return el('p', { class: 'run-note', textContent: `Nobody was seen. ${leftOutOf(answer)}` });
  const grid = cohortGrid(answer);
  const cells = grid.rows.map(({ first, size, cells: counts }) =>
    counts.map(({ count, share }, later) => cellOf(answer, first, size, count, share, later, grid.max)),
  );
  const table = el(
    'table',
    { class: 'heatmap cohorts', role: 'grid', 'aria-label': `Cohorts by ${answer.unit}` },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { class: 'corner', scope: 'col', textContent: answer.unit === 'day' ? 'First seen' : 'First seen, week of' }),
        Array.from({ length: grid.columns }, (_, later) =>
          el('th', { scope: 'col', textContent: later === 0 ? `First ${answer.unit}` : `+${format.count(later)}` }),
        ),
      ),
    ),
    el(
      'tbody',
      {},
      grid.rows.map(({ first }, row) => el('tr', {}, el('th', { scope: 'row', textContent: format.day(first) }), cells[row])),
    ),
  );
  cells[0][0].tabIndex = 0;
  table.addEventListener('keydown', (event) => walk(event, cells));
  return el(
    'div',
    {},
    el('div', { class: 'heat-scroll' }, table),
    el('p', { class: 'run-note', textContent: wordsOf(answer, grid) }),
  );
}

function cellOf({ unit }, first, size, count, share, later, max) {
  const cell = el(
    'td',
    { class: 'cohort-cell', tabIndex: -1 },
    el('span', { textContent: later === 0 ? format.compact(count) : share === null ? '–' : format.percent(share, 1) }),
    later === 0 ? null : el('small', { textContent: format.compact(count) }),
  );
  const when = later === 0 ? `first seen ${format.day(first)}` : `first seen ${format.day(first)}, ${format.many(later, unit)} later`;
  const words =
    later === 0 ? `${when}: ${format.count(count)}` : `${when}: ${format.count(count)} of ${format.count(size)}, ${format.percent(count, size)}`;
  cell.title = words;
  cell.setAttribute('aria-label', words);
  if (later > 0 && count > 0) {
    const colour = heat(share / max);
    cell.style.setProperty('--heat', `rgb(${colour.join(' ')})`);
    cell.style.setProperty('--ink', inkOn(colour));
  }
  return cell;
}

function wordsOf(answer, { hiddenRows, hiddenColumns }) {
  const hidden = [
    hiddenRows > 0 ? `${format.many(hiddenRows, 'earlier cohort')} not shown` : '',
    hiddenColumns > 0 ? `${format.many(hiddenColumns, `later ${answer.unit}`)} not shown` : '',
  ].filter((text) => text !== '');
  return [`${format.count(answer.ids)} in all.`, hidden.length > 0 ? `${hidden.join(', ')}.` : '', leftOutOf(answer)]
    .filter((text) => text !== '')
    .join(' ');
}
