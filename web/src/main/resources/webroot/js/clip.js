/** Text to the clipboard, also where the page is not served securely. */
import { el } from './dom.js';

/** @returns true if it was copied */
export async function copyText(text) {
  const done = await (navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  ) ?? false);
  if (done || copyOldWay(text)) {
    say('Copied');
    return true;
  }
  say('This browser does not let the page copy');
  return false;
}

function copyOldWay(text) {
  const before = document.activeElement;
  const area = el('textarea', { class: 'unseen', value: text, readOnly: true });
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  before?.focus({ preventScroll: true });
  return done;
}

let hide = null;

/** Shows a short note that goes by itself, and says it aloud. */
export function say(text) {
  document.querySelector('.toast')?.remove();
  clearTimeout(hide);
  const toast = el('div', { class: 'toast', role: 'status', textContent: text });
  (document.querySelector('dialog[open]') ?? document.body).append(toast);
  hide = setTimeout(() => toast.remove(), 2500);
}
