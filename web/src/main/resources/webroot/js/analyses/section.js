/** The part of the page that reads whole histories, on demand; closed until somebody opens it. */
import { el, icon } from '../dom.js';
import { isOpen } from '../settings.js';
import { cohortPart } from './cohort.js';
import { funnelPart } from './funnel.js';

/**
 * @param root a details element
 * @param actions {query(), go(query), redraw()}; `go` puts another query into the address
 * @returns {draw(model, dimensions)}
 */
export function analysesSection(root, actions) {
  const body = el('div', { class: 'analyses-body' });
  root.replaceChildren(
    el(
      'summary',
      {},
      icon('M2.5 3.500h11L9.500 8.500v4l-3 1v-5Z'),
      el('h2', { textContent: 'Analyses' }),
      el('span', { class: 'analyses-about', textContent: 'Funnel and cohorts, by reading the table when asked' }),
      icon('m6 4 4 4-4 4'),
    ),
    body,
  );
  let parts = [];
  let madeFor = '';

  /** What the table's columns allow. */
  function make(schema, dimensions) {
    const sessions = (schema.distinctColumn ?? null) !== null;
    const key = JSON.stringify([dimensions, schema.timeColumn, schema.distinctColumn]);
    if (key === madeFor) return;
    madeFor = key;
    parts = [
      ...(sessions && dimensions.length > 0 ? [funnelPart(dimensions, actions)] : []),
      ...(sessions ? [cohortPart(dimensions, actions)] : []),
    ];
    body.replaceChildren(...parts.map(({ element }) => element));
  }

  return {
    draw(model, dimensions) {
      const { schema } = model;
      root.hidden = schema === null || (schema.timeColumn ?? null) === null || (schema.distinctColumn ?? null) === null;
      const open = isOpen(model.query, 'analyses');
      if (root.open !== open) root.open = open;
      if (root.hidden || !open) return;
      make(schema, dimensions);
      for (const part of parts) part.draw(model);
    },
  };
}
