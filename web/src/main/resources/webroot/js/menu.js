/** A button that opens a panel. One is open at a time; Escape and a click elsewhere close it. */
import { el, icon } from './dom.js';

let open = null;

document.addEventListener('pointerdown', ({ target }) => {
  if (open !== null && !open.element.contains(target)) open.close(false);
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') open?.close(true);
});

/**
 * @param label says what it is for
 * @param opened is called each time before the panel is shown
 * @param drawing an icon to show instead of the label
 * @returns {element, panel, close(), say(text, active)}; `say` sets what the button shows
 */
export function menu(label, opened, drawing = null) {
  const text = el('span', { class: 'menu-text' });
  const button = el(
    'button',
    { type: 'button', class: 'button menu-button', 'aria-expanded': 'false' },
    ...(drawing === null
      ? [el('span', { class: 'menu-label', textContent: label }), text, icon('M4.5 6.5 8 10l3.5-3.5')]
      : [drawing]),
  );
  if (drawing !== null) {
    button.classList.add('icon-button', 'quiet');
    button.setAttribute('aria-label', label);
    button.title = label;
  }
  const panel = el('div', { class: 'menu-panel', role: 'group', 'aria-label': label, hidden: true });
  const element = el('div', { class: 'menu' }, button, panel);
  const self = {
    element,
    close(focus) {
      panel.hidden = true;
      button.setAttribute('aria-expanded', 'false');
      open = null;
      if (focus) button.focus();
    },
  };
  button.addEventListener('click', () => {
    const wasOpen = open === self;
    open?.close(false);
    if (wasOpen) return;
    opened();
    panel.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    open = self;
    panel.classList.remove('to-left');
    panel.classList.toggle('to-left', panel.getBoundingClientRect().right > document.documentElement.clientWidth);
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (open === self && relatedTarget !== null && !element.contains(relatedTarget)) self.close(false);
  });
  return {
    element,
    panel,
    isOpen: () => open === self,
    close: () => open === self && self.close(true),
    say(words, active) {
      if (text.textContent !== words) text.textContent = words;
      element.classList.toggle('active', active);
    },
  };
}
