/** An object or list as a tree that is opened branch by branch. All of it is text. */
import { el } from './dom.js';
import * as format from './format.js';

/** Longer lists are cut; what is deeper than its branch is made when that is opened. */
const MOST = 200;
const LONGEST = 5000;

/** @param open whether the first branch is */
export function treeElement(value, open = true) {
  const entries = Array.isArray(value) ? value.map((item, index) => [String(index), item]) : Object.entries(value);
  const kind = Array.isArray(value) ? format.many(entries.length, 'item') : format.many(entries.length, 'field');
  const branch = el('details', { class: 'tree', open }, el('summary', { textContent: kind }));
  let made = false;
  const make = () => {
    if (made || !branch.open) return;
    made = true;
    const more = entries.length - MOST;
    branch.append(
      el(
        'ul',
        {},
        entries.slice(0, MOST).map(([name, item]) => leafElement(name, item)),
        more > 0 ? el('li', { class: 'tree-more', textContent: `and ${format.count(more)} more` }) : null,
      ),
    );
  };
  branch.addEventListener('toggle', make);
  make();
  return branch;
}

function leafElement(name, item) {
  const label = el('span', { class: 'tree-name', textContent: format.value(name, 200) });
  if (item !== null && typeof item === 'object') return el('li', {}, label, treeElement(item, false));
  const text = typeof item === 'string' ? format.value(item, LONGEST) : String(item);
  return el('li', {}, label, el('bdi', { class: `tree-value ${item === null ? 'null' : typeof item}`, textContent: text }));
}
