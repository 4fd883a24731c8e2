/** The numbers: tiles, filters and cards for the table's dimensions, whatever they are called. */
import { el, setText } from './dom.js';
import { barCard, card, hourlyCard, shareCard, heatmapCard } from './cards.js';
import { datasetView } from './dataset.js';
import { filterBar } from './filters.js';
import { isAll, toggled, withDays } from './filter.js';
import { tilesView } from './tiles.js';

/**
 * @param roots {dashboard, filters, tiles, cards}, elements of the page
 * @param views names of all views that the table has
 * @param actions {filter(), setFilter(filter), set(name, value)}
 * @returns {draw(model, now), restyle(), destroy()}
 */
export function dashboard(roots, dimensions, views, actions) {
  const press = (dimension) => (value) => actions.setFilter(toggled(actions.filter(), dimension, value));
  const pressDay = (day) => {
    const { from, to } = actions.filter();
    const release = from === day && to === day;
    actions.setFilter(withDays(actions.filter(), release ? null : day, release ? null : day));
  };
  const pressPair = (a, b) => {
    const [first, second] = dimensions;
    const both = (filter) => filter.values.get(first)?.has(a) && filter.values.get(second)?.has(b);
    const now = actions.filter();
    const next = [
      [first, a],
      [second, b],
    ].reduce(
      (filter, [name, value]) =>
        both(now) || !filter.values.get(name)?.has(value) ? toggled(filter, name, value) : filter,
      now,
    );
    actions.setFilter(next);
  };
  const dataset = datasetView();
  const cards = [
    ...(views.has('hourly') ? [hourlyCard(pressDay)] : []),
    ...dimensions.map((name, index) =>
      index === 0
        ? shareCard(name, press(name))
        : barCard(name, widthOf(index, dimensions.length), press(name), actions.set),
    ),
    ...(views.has('heatmap') && dimensions.length > 1 ? [heatmapCard(dimensions[0], dimensions[1], pressPair)] : []),
  ];
  const tiles = tilesView(roots.tiles, dimensions);
  const filters = filterBar(roots.filters, dimensions, actions.setFilter);
  const nothing = el('p', { class: 'nothing', role: 'status', hidden: true });
  roots.cards.replaceChildren(
    nothing,
    ...cards.map(({ element }) => element),
    card('dataset', 'Dataset', 12, dataset.element).element,
  );

  return {
    draw(model, now) {
      const { feed, filter, pending, query } = model;
      roots.cards.setAttribute('aria-busy', String(pending));
      roots.tiles.setAttribute('aria-busy', String(pending));
      tiles.draw(model, now);
      filters.draw(model);
      dataset.draw(model);
      const none = !pending && !isAll(filter) && feed.views.get('totals')?.events === 0;
      nothing.hidden = !none;
      setText(nothing, none ? 'No events match this filter. New ones that do will appear here.' : '');
      for (const one of cards) {
        one.element.hidden = none;
        if (!none) one.draw(feed, query);
      }
    },
    restyle: () => cards.forEach((one) => one.restyle()),
    destroy: () =>
      roots.cards.querySelectorAll('canvas').forEach((canvas) => globalThis.Chart.getChart(canvas)?.destroy()),
  };
}

/** The second dimension is beside the first one's ring; the others go in pairs, and one that is alone is wide. */
function widthOf(index, all) {
  if (index === 1) return 8;
  return index === all - 1 && index % 2 === 0 ? 12 : 6;
}
