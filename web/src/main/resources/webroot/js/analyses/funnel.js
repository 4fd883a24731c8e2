/** The funnel: its steps, and how many sessions came to each. */
import { el, setText, valueElement } from '../dom.js';
import { isAll, withValues } from '../filter.js';
import * as format from '../format.js';
import { isBlank, ranked } from '../series.js';
import { funnelRows } from './results.js';
import { leftOutOf } from './run.js';
import { runner } from './runner.js';
import { funnelOf, funnelRequest, WITHIN, withFunnel } from './settings.js';
import { stepper } from './stepper.js';

const LENGTHS = { PT5M: '5 minutes', PT30M: '30 minutes', PT1H: '1 hour', P1D: '1 day', P7D: '7 days' };

/** @param actions {query(), go(query), redraw()} */
export function funnelPart(dimensions, actions) {
  let funnel = { by: null, steps: [], within: null };
  let filter = null;
  const path = () => (funnel.by === null || funnel.steps.length < 2 ? null : funnelRequest(funnel, filter, dimensions));
  const change = (part) => actions.go(withFunnel(actions.query(), { ...funnel, ...part }));
  const by = el('select', { class: 'select' }, dimensions.map((name) => el('option', { value: name, textContent: format.title(name) })));
  by.addEventListener('change', () => change({ by: by.value, steps: null }));
  const within = el('select', { class: 'select' });
  within.addEventListener('change', () => change({ within: within.value === '' ? null : within.value }));
  const steps = stepper((next) => change({ steps: next }));
  const run = runner('Run the funnel', path, actions.redraw);
  const result = el('div', { class: 'analysis-result' });
  const hint = el('p', { class: 'run-note' });
  let drawn = null;

  return {
    element: el(
      'section',
      { class: 'analysis', 'aria-label': 'Funnel' },
      el('h3', { textContent: 'Funnel' }),
      el('p', {
        class: 'analysis-about',
        textContent: 'How many sessions come through these steps, each later than the one before, from their first touch of the first step on.',
      }),
      el(
        'div',
        { class: 'analysis-controls' },
        dimensions.length > 1 ? el('label', { class: 'choice' }, 'Steps are values of', by) : null,
        steps.element,
        el('label', { class: 'choice' }, 'Within', within),
      ),
      run.element,
      hint,
      result,
      run.note,
    ),
    draw(model) {
      const values = (name) => valuesOf(model.whole.views.get(name));
      funnel = funnelOf(model.query, dimensions, values);
      filter = model.filter;
      by.value = funnel.by ?? '';
      fillWithin(within, funnel.within);
      steps.draw(funnel.steps, values(funnel.by));
      setText(hint, hintOf(filter, funnel));
      run.draw(model.feed);
      const { answer } = run.run;
      if (answer !== drawn) result.replaceChildren(...(answer === null ? [] : [table(answer)]));
      drawn = answer;
    },
  };
}

/** Groups are never changed in place, so what was ranked once need not be again with each redraw. */
const RANKED = new WeakMap();

/** A dimension's values, the most frequent first. */
function valuesOf(groups) {
  if (groups === undefined) return [];
  if (!RANKED.has(groups)) RANKED.set(groups, ranked(groups).map(({ value }) => value));
  return RANKED.get(groups);
}

function hintOf(filter, { by }) {
  if (isAll(filter)) return '';
  const without = withValues(filter, by, new Set());
  const own = filter.values.has(by) ? ` The choice of ${format.title(by).toLowerCase()} is not: the steps are its values.` : '';
  return isAll(without) ? own.trim() : `Of the rows that the page is filtered by.${own}`;
}

function fillWithin(select, chosen) {
  const choices = WITHIN.includes(chosen) ? WITHIN : [...WITHIN, chosen];
  if (select.childElementCount !== choices.length || select.lastChild.value !== (choices.at(-1) ?? '')) {
    select.replaceChildren(
      ...choices.map((value) =>
        el('option', { value: value ?? '', textContent: value === null ? 'any time' : (LENGTHS[value] ?? format.value(value, 20)) }),
      ),
    );
  }
  select.value = chosen ?? '';
}

/** The bars are the table: the numbers stand beside them. */
function table(answer) {
  const rows = funnelRows(answer);
  const share = (part) => (part === null ? '–' : format.percent(part, 1));
  const head = ['Step', 'Sessions', 'Of the first step', 'Of the step before'];
  return el(
    'div',
    {},
    el(
      'table',
      { class: 'funnel' },
      el('caption', { class: 'unseen', textContent: 'Sessions by step of the funnel' }),
      el('thead', {}, el('tr', {}, head.map((text) => el('th', { scope: 'col', textContent: text })))),
      el(
        'tbody',
        {},
        rows.map(({ value, sessions, ofFirst, ofBefore }, index) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row', title: format.value(value) }, `${index + 1}. `, valueElement(format.value(value, 60), isBlank(value))),
            el('td', {}, barOf(ofFirst ?? 0), el('span', { class: 'funnel-count', textContent: format.count(sessions) })),
            el('td', { textContent: share(ofFirst) }),
            el('td', { textContent: index === 0 ? '–' : share(ofBefore) }),
          ),
        ),
      ),
    ),
    el('p', { class: 'run-note', textContent: leftOutOf(answer) }),
  );
}

function barOf(share) {
  const bar = el('span', { class: 'funnel-bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(share));
  return bar;
}
