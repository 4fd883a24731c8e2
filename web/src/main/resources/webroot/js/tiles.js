/** The totals, each with its change since the page was opened. */
import * as api from './api.js';
import { el, setText } from './dom.js';
import { ALL, isAll, keyOf, toQuery } from './filter.js';
import * as format from './format.js';
import { untilAnswered } from './patience.js';

/** So many filters' first totals are remembered; the page may be open for weeks. */
const REMEMBERED = 50;

const NAMES = { channel: 'Channels', type: 'Event types', platform: 'Platforms', category: 'Categories' };

/**
 * @param dimensions names, in order; the first two have a tile
 * @returns {draw(model)}
 */
export function tilesView(root, dimensions) {
  const first = new Map();
  const kinds = [
    { name: 'events', title: 'Total events', share: true, of: (totals) => totals.events },
    ...dimensions.slice(0, 1).map(dimensionTile),
    { name: 'sessions', title: 'Unique sessions', of: (totals) => totals.sessions, sessions: true },
    ...dimensions.slice(1, 2).map(dimensionTile),
  ];
  const tiles = kinds.map(({ name, title }) => {
    const value = el('div', { class: 'tile-value' });
    const note = el('div', { class: 'tile-note' });
    const ask = name === 'sessions' ? sessionsButton(note, value) : null;
    return {
      element: el(
        'article',
        { class: 'tile', 'data-tile': name },
        el('h2', { class: 'tile-title', textContent: title }),
        value,
        note,
        ask?.element ?? null,
      ),
      value,
      note,
      ask,
    };
  });
  root.replaceChildren(...tiles.map(({ element }) => element));
  let drawn = null;

  /** Totals as they were when the page first saw this filter; a recreated table begins anew. */
  function baseline(feed, totals, filter, now) {
    const key = `${feed.epoch} ${keyOf(filter)}`;
    if (!first.has(key)) {
      if (first.size >= REMEMBERED) first.delete([...first.keys()].at(1));
      first.set(key, { totals, at: now });
    }
    return first.get(key);
  }

  return {
    draw({ feed, whole, filter, pending, schema, now }) {
      const totals = feed.views.get('totals');
      const all = whole.views.get('totals');
      if (totals === undefined || pending) return;
      if (drawn !== null && drawn.totals === totals && drawn.all === all && drawn.schema === schema) return;
      drawn = { totals, all, schema };
      if (all !== undefined) baseline(whole, all, ALL, now);
      const since = baseline(feed, totals, filter, now);
      kinds.forEach((kind, index) => {
        const { element, value, note, ask } = tiles[index];
        element.hidden = kind.sessions === true && schema !== null && (schema.distinctColumn ?? null) === null;
        drawTile({ kind, value, note, totals, all, since, filtered: !isAll(filter) });
        ask?.draw(kind.of(totals) ?? null, filter);
      });
    },
  };
}

/** Counts sessions under a filter when it is asked to: that is a scan of the table. The number is of the version it names. */
function sessionsButton(note, value) {
  let filter = ALL;
  let counted = { key: '' };
  const element = el('button', { type: 'button', class: 'tile-ask', textContent: 'Count', hidden: true });
  element.addEventListener('click', async () => {
    const key = keyOf(filter);
    element.disabled = true;
    counted = { key, note: 'Counting …' };
    show();
    const query = toQuery(filter, '', [...filter.values.keys()]);
    const { sessions, version, error } = await untilAnswered(
      () => api.sessions(query),
      () => {
        counted = { key, note: 'The service is busy; counting begins when there is room …' };
        show();
      },
    );
    element.disabled = false;
    counted = error === undefined ? { key, sessions, note: `at version ${format.count(version)}` } : { key, note: error };
    show();
  });

  function show() {
    if (counted.key !== keyOf(filter)) return;
    setText(value, counted.sessions === undefined ? '–' : format.count(counted.sessions));
    setText(note, counted.note);
    note.title = counted.note;
  }

  return {
    element,
    draw(known, now) {
      filter = now;
      element.hidden = known !== null;
      if (known === null) show();
    },
  };
}

function dimensionTile(dimension) {
  return {
    name: dimension,
    title: NAMES[dimension] ?? format.title(dimension),
    of: (totals) => totals.values?.[dimension],
  };
}

function drawTile({ kind, value, note, totals, all, since, filtered }) {
  const now = kind.of(totals) ?? null;
  value.dataset.value = now ?? '';
  if (now === null) {
    setText(value, '–');
    value.title = kind.sessions
      ? 'Distinct sessions are kept for the whole table only; under a filter they need a full scan of the table.'
      : 'Not known';
    setText(note, kind.sessions && filtered ? 'not counted under a filter' : '');
    note.removeAttribute('data-sign');
    return;
  }
  setText(value, format.count(now));
  value.title = '';
  const change = now - (kind.of(since.totals) ?? now);
  note.dataset.sign = Math.sign(change);
  const share =
    filtered && all
      ? ` · ${kind.share ? format.percent(now, kind.of(all)) : format.count(now)} of ${format.count(kind.of(all) ?? 0)}`
      : '';
  setText(note, `${change === 0 ? '±0' : format.change(change)} since ${format.time(since.at)} ${format.zoneName()}${share}`);
  note.title = filtered ? 'Change since this filter was first set on this page' : 'Change since this page was opened';
}
