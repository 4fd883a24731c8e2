/** The steps of a funnel, to be chosen and put in order, with the pointer or the keyboard. */
import { el, icon, setText } from '../dom.js';
import * as format from '../format.js';
import { LEAST_STEPS, MOST_STEPS, moved, steppable, withOneMore, withoutStep, withStep } from './settings.js';

/** A longer list is not scrolled; what is chosen is in it whatever its rank. */
const LISTED = 200;

/**
 * @param changed is called with other steps
 * @returns {element, draw(steps, values)}; `values` of the dimension, the most frequent first
 */
export function stepper(changed) {
  const list = el('ol', { class: 'steps', 'aria-label': 'Steps, in order' });
  const more = el('button', {
    type: 'button',
    class: 'button quiet',
    textContent: 'Add a step',
    onclick: () => choose(withOneMore(steps, values), steps.length, 'select'),
  });
  const said = el('span', { class: 'unseen', role: 'status' });
  let steps = [];
  let values = [];
  let seen = null;
  let drawn = '';
  /** What is to have the focus after the list is made anew: {index, part}. */
  let focus = null;

  function choose(next, index, part, words = '') {
    focus = { index, part };
    setText(said, words);
    changed(next);
  }

  function move(index, by) {
    const to = index + by;
    const words = `${format.value(steps[index], 60)} is now step ${to + 1} of ${steps.length}`;
    // Who moves a step on and on stays at the same button, but at the end it is of no use.
    const part = to === 0 ? 'down' : to === steps.length - 1 ? 'up' : by < 0 ? 'up' : 'down';
    choose(moved(steps, index, by), to, part, words);
  }

  function item(step, index) {
    const listed = steppable(values).slice(0, LISTED);
    const choices = listed.includes(step) ? listed : [step, ...listed];
    const select = el(
      'select',
      { class: 'select', 'aria-label': `Step ${index + 1}`, 'data-part': 'select' },
      choices.map((value, i) => el('option', { value: String(i), textContent: format.value(value, 60) })),
    );
    select.value = String(choices.indexOf(step));
    select.addEventListener('change', () => choose(withStep(steps, index, choices[Number(select.value)]), index, 'select'));
    const name = `step ${index + 1}, ${format.value(step, 60)}`;
    return el(
      'li',
      { class: 'step' },
      select,
      act('up', `Move ${name} up`, ['M4 9.500 8 5.500l4 4'], index === 0, () => move(index, -1)),
      act('down', `Move ${name} down`, ['M4 6.500l4 4 4-4'], index === steps.length - 1, () => move(index, 1)),
      act('remove', `Remove ${name}`, ['M4.5 4.500l7 7', 'M11.5 4.500l-7 7'], steps.length <= LEAST_STEPS, () =>
        choose(withoutStep(steps, index), Math.min(index, steps.length - 2), 'select', `Removed ${name}`),
      ),
    );
  }

  return {
    element: el('div', { class: 'stepper' }, list, more, said),
    draw(now, known) {
      const same = JSON.stringify(now) === JSON.stringify(steps);
      if (same && known === seen) return;
      seen = known;
      const key = JSON.stringify([now, [...steppable(known)].sort()]);
      // A list that someone has open is not made anew under the pointer only because a value came.
      const busy = list.contains(document.activeElement) && document.activeElement.tagName === 'SELECT';
      if (key === drawn || (busy && focus === null && same)) return;
      drawn = key;
      steps = now;
      values = known;
      list.replaceChildren(...now.map(item));
      more.disabled = now.length >= MOST_STEPS;
      if (focus !== null) list.children[focus.index]?.querySelector(`[data-part=${focus.part}]`)?.focus();
      focus = null;
    },
  };
}

function act(part, label, drawing, disabled, onclick) {
  return el(
    'button',
    { type: 'button', class: 'button icon-button quiet', 'data-part': part, 'aria-label': label, title: label, disabled, onclick },
    icon(...drawing),
  );
}
