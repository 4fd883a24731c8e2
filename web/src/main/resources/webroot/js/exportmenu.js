/** Takes the rows of the current filter along: a plain download, or with progress where the browser can do that. */
import { say } from './clip.js';
import { el, setText } from './dom.js';
import { canStream, exportAddress, fileName, FORMATS, MOST_IN_EXCEL, streamToFile } from './exports.js';
import * as format from './format.js';
import { menu } from './menu.js';

/** @returns {element, draw(query, model)} */
export function exportMenu(dimensions) {
  const note = el('p', { class: 'menu-note' });
  const links = FORMATS.map((one) =>
    el('a', {
      class: 'export-link',
      download: '',
      textContent: one.title,
      'data-format': one.name,
      onclick: (event) => (canStream() ? receive(event, one) : view.close()),
    }),
  );
  const told = el('span', { class: 'export-bytes' });
  const stop = el('button', { type: 'button', class: 'button quiet', textContent: 'Stop', onclick: () => way?.abort() });
  const progress = el('div', { class: 'export-progress', role: 'status', hidden: true }, told, stop);
  const view = menu('Export', fill);
  view.panel.append(note, el('div', { class: 'export-links' }, links), progress);
  let model = null;
  let way = null;

  function fill() {
    const { feed, filter } = model;
    const events = feed.views.get('totals')?.events ?? 0;
    setText(note, `${format.many(events, 'event')}, all columns, of one version.`);
    for (const link of links) link.href = exportAddress(link.dataset.format, filter, dimensions);
    const excel = links.find(({ dataset }) => dataset.format === 'xlsx');
    excel.classList.toggle('too-many', events > MOST_IN_EXCEL);
    excel.title = events > MOST_IN_EXCEL ? `Excel holds ${format.count(MOST_IN_EXCEL)} rows` : '';
  }

  async function receive(event, one) {
    event.preventDefault();
    if (way !== null) return;
    way = new AbortController();
    progress.hidden = false;
    setText(told, 'Choose a file …');
    const name = fileName(model.status?.table?.uri, one.name, Date.now());
    const draw = (bytes) =>
      setText(told, bytes === null ? 'Waiting for room: others export, too' : `${format.bytes(bytes)} of ${one.title} so far`);
    const outcome = await streamToFile(event.target.href, one, name, way.signal, draw);
    way = null;
    progress.hidden = true;
    if (outcome !== null) say(outcome);
  }

  return {
    element: view.element,
    draw(query, now) {
      model = now;
      if (view.isOpen() && way === null) fill();
    },
  };
}
