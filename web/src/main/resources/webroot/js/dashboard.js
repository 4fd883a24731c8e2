/** The numbers: tiles, filters and cards for the table's dimensions, whatever they are called. */
import { el, setText } from './dom.js';
import { barCard, card, shareCard, heatmapCard } from './cards.js';
import { cardMenu } from './cardmenu.js';
import { OUTGROWN } from './charts/base.js';
import { datasetView } from './dataset.js';
import { eventsCard } from './eventscard.js';
import { exportMenu } from './exportmenu.js';
import { filterBar } from './filters.js';
import { isAll, keyOf } from './filter.js';
import * as format from './format.js';
import { hourlyCard } from './hourlycard.js';
import { marks } from './marks.js';
import { withSetting } from './settings.js';
import { stripCard } from './stripcard.js';
import { tilesView } from './tiles.js';
import { Turns } from './turns.js';
import { viewMenu } from './viewmenu.js';

/** Cards this near to what is in view are drawn as if they were. */
const NEAR = '160px';

/**
 * @param roots {dashboard, filters, tiles, cards}, elements of the page
 * @param views names of all views that the table has
 * @param actions {filter(), setFilter(filter), showRows(filter), query(), open(query), copyLink(), set(name, value),
 *     redraw(), model(), copyText(text), presets, embedded}, `embedded` naming the one chart to show, or null
 * @returns {draw(model), spent(milliseconds), renew(), destroy()}; `draw` and `spent` as those of `Turns`,
 *     `renew` for when the theme is another
 */
export function dashboard(roots, dimensions, views, actions) {
  const mark = marks(actions);
  const dataset = datasetView();
  const charts = [
    ...(views.has('hourly') ? [hourlyCard(mark.range, actions.set)] : []),
    ...dimensions.map((name, index) =>
      index === 0
        ? shareCard(name, mark.value(name))
        : barCard(name, widthOf(index, dimensions.length), mark.value(name), actions.set),
    ),
    ...(views.has('heatmap') && dimensions.length > 1
      ? [heatmapCard(dimensions[0], dimensions[1], mark.pair(dimensions[0], dimensions[1]))]
      : []),
  ];
  for (const one of charts) one.element.querySelector('.card-controls').append(cardMenu(one, actions));
  const { embedded } = actions;
  const only = ({ view }) => embedded === null || view === embedded;
  const cards = [...charts, ...(embedded === null ? [stripCard(actions.redraw), eventsCard(dimensions, actions)] : [])].filter(only);
  const tiles = tilesView(roots.tiles, dimensions);
  const filters = filterBar(roots.filters, dimensions, actions.setFilter, [
    viewMenu(actions.presets, actions),
    exportMenu(dimensions),
  ]);
  const embedFoot = embeddedFoot(embedded !== null && cards.length === 0 ? embedded : null);
  const nothing = el('p', { class: 'nothing', role: 'status', hidden: true });
  roots.cards.replaceChildren(
    nothing,
    ...cards.map(({ element }) => element),
    ...(embedded === null ? [card('dataset', 'Dataset', 12, dataset.element).element] : [embedFoot.element]),
  );

  const turns = new Turns(cards);
  const sight = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) turns.sees(cards.find(({ element }) => element === target), isIntersecting);
      if (seen.some(({ isIntersecting }) => isIntersecting)) actions.redraw();
    },
    { rootMargin: NEAR },
  );
  for (const { element } of cards) sight.observe(element);
  const outgrown = ({ target }) => renewAll(cards.filter(({ element }) => element.contains(target)));
  roots.cards.addEventListener(OUTGROWN, outgrown);
  let empty = false;

  function renewAll(some) {
    for (const one of some) turns.renew(one);
    actions.redraw();
  }

  function begin(model) {
    const { feed, filter, pending } = model;
    roots.cards.setAttribute('aria-busy', String(pending));
    roots.tiles.setAttribute('aria-busy', String(pending));
    tiles.draw(model);
    filters.draw(model);
    dataset.draw(model);
    embedFoot.draw(model);
    const none = !pending && !isAll(filter) && feed.views.get('totals')?.events === 0;
    nothing.hidden = !none;
    setText(nothing, none ? 'No events match this filter. New ones that do will appear here.' : '');
    if (none !== empty) for (const one of cards) one.element.hidden = none;
    empty = none;
    return none;
  }

  return {
    draw: (model) => turns.draw(model, JSON.stringify([model.query, keyOf(model.filter), model.pending, model.feed.epoch]), begin),
    spent: (milliseconds) => turns.spent(milliseconds),
    renew: () => renewAll(cards),
    destroy() {
      sight.disconnect();
      roots.cards.removeEventListener(OUTGROWN, outgrown);
      roots.cards.querySelectorAll('canvas').forEach((canvas) => globalThis.Chart.getChart(canvas)?.destroy());
    },
  };
}

/** Below a chart that stands in another page: what it is of, and the way to the whole page. */
function embeddedFoot(unknown) {
  const text = el('span');
  const link = el('a', { target: '_blank', rel: 'noopener', textContent: 'Open the whole page' });
  return {
    element: el('p', { class: 'embed-foot' }, text, link),
    draw({ feed, connection, query }) {
      const state = connection.state === 'open' ? '' : ', disconnected';
      const missing = unknown === null ? '' : `There is no chart “${format.value(unknown, 60)}” here. `;
      setText(text, `${missing}Version ${format.count(feed.version)}${state}`);
      link.href = `?${withSetting(withSetting(query, 'embed', null), 'view', null)}`;
    },
  };
}

/** The second dimension is beside the first one's ring; the others go in pairs, and one that is alone is wide. */
function widthOf(index, all) {
  if (index === 1) return 8;
  return index === all - 1 && index % 2 === 0 ? 12 : 6;
}
