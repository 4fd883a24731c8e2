/** The filter bar: a range of days, and a choice of values for each dimension. */
import { otherOf } from './feed.js';
import { el, setText } from './dom.js';
import { ALL, isAll, withRange, withValues } from './filter.js';
import * as format from './format.js';
import { dateMenu } from './datemenu.js';
import { valueMenu } from './valuemenu.js';

/**
 * @param changed is called with the new filter
 * @param more menus to stand at the end, each {element, draw(query, model)}
 * @returns {draw(model)}
 */
export function filterBar(root, dimensions, changed, more) {
  let filter = ALL;
  const dates = dateMenu((start, end) => changed(withRange(filter, start, end)));
  const menus = dimensions.map((name) => valueMenu(name, (chosen) => changed(withValues(filter, name, chosen))));
  const matching = el('span', { class: 'matching', 'aria-live': 'polite' });
  const reset = el('button', {
    type: 'button',
    class: 'button quiet',
    textContent: 'Reset',
    onclick: () => changed(ALL),
  });
  root.replaceChildren(
    dates.element,
    ...menus.map(({ element }) => element),
    el('div', { class: 'filters-end' }, matching, reset, more.map(({ element }) => element)),
  );
  let drawn = null;

  return {
    draw(model) {
      const { feed, whole, filter: now, pending, progress, query } = model;
      for (const one of more) one.draw(query, model);
      filter = now;
      if (
        drawn !== null &&
        drawn.filter === now &&
        drawn.whole === whole &&
        drawn.feed === feed &&
        drawn.pending === pending &&
        drawn.progress === progress
      )
        return;
      drawn = { filter: now, whole, feed, pending, progress };
      dates.draw(now, whole.views.get('hourly'));
      menus.forEach((menu, index) =>
        menu.draw(
          now.values.get(dimensions[index]) ?? new Set(),
          whole.views.get(dimensions[index]),
          otherOf(whole, dimensions[index]),
        ),
      );
      reset.hidden = isAll(now);
      const [part, all] = [feed, whole].map((one) => one.views.get('totals')?.events ?? 0);
      setText(
        matching,
        isAll(now) ? '' : pending ? counting(progress) : `${format.count(part)} of ${format.count(all)} events`,
      );
    },
  };
}

/** While the numbers are not there yet; some need files to be read. */
function counting(progress) {
  return progress?.files > 0 ? `Counting… ${format.count(progress.filesDone)} of ${format.count(progress.files)} files` : 'Counting…';
}
