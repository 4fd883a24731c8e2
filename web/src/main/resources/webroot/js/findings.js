/** What is odd about the table's data: one quiet line, which opens to a sentence each. */
import { el, icon, setText } from './dom.js';
import * as format from './format.js';

const MOST = 20;
const LONGEST = 600;

/** What the line and its list say, {label, tone, entries: [{tone, title, text, note}]}; null if nothing is odd. */
export function words(findings) {
  const known = (findings ?? []).filter((finding) => typeof finding?.message === 'string');
  if (known.length === 0) return null;
  const entries = known.slice(0, MOST).map(({ kind, severity, message, since, version, at }) => ({
    tone: severity === 'notice' ? 'idle' : 'warn',
    title: format.title(String(kind ?? '')),
    text: format.value(message, LONGEST),
    note: [versions(since, version), moment(at)].filter((part) => part !== '').join(', '),
  }));
  if (known.length > MOST)
    entries.push({ tone: 'idle', title: '', text: `and ${format.count(known.length - MOST)} more`, note: '' });
  return {
    label: `Data quality: ${format.many(known.length, 'finding')}`,
    tone: known.some(({ severity }) => severity !== 'notice') ? 'warn' : 'idle',
    entries,
  };
}

function versions(since, version) {
  if (!Number.isFinite(since) || !Number.isFinite(version)) return '';
  return since === version
    ? `Version ${format.count(version)}`
    : `Versions ${format.count(since)} to ${format.count(version)}`;
}

function moment(at) {
  return Number.isNaN(Date.parse(at)) ? '' : format.moment(at);
}

/**
 * @param root a details element
 * @returns {draw(status, open)}
 */
export function findingsView(root) {
  const label = el('span');
  const list = el('ul', { class: 'finding-list' });
  root.replaceChildren(
    el(
      'summary',
      {},
      icon('M8 7.200v3.400M8 5h.01', 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z'),
      label,
      icon('m6 4 4 4-4 4'),
    ),
    list,
  );
  let shown = '';
  return {
    draw(status, open) {
      const said = words(status?.findings);
      if (root.open !== open) root.open = open;
      const key = JSON.stringify(said);
      if (key === shown) return;
      shown = key;
      root.hidden = said === null;
      if (said === null) return;
      root.dataset.tone = said.tone;
      setText(label, said.label);
      list.replaceChildren(...said.entries.map(entryElement));
    },
  };
}

function entryElement({ tone, title, text, note }) {
  return el(
    'li',
    { class: 'finding', 'data-tone': tone },
    el('p', { class: 'finding-title' }, el('span', { textContent: title }), el('span', { class: 'finding-note', textContent: note })),
    el('p', { class: 'finding-text', textContent: text }),
  );
}
