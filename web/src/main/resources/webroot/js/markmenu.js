/** A small menu at a mark of a chart: what can be done with it besides clicking it. One is open at a time. */
import { el } from './dom.js';

let close = () => {};

document.addEventListener('pointerdown', ({ target }) => target.closest('.mark-menu') === null && close());
globalThis.addEventListener('blur', () => close());
document.addEventListener('scroll', () => close(), { capture: true, passive: true });

/**
 * @param title what the mark stands for
 * @param point {x, y} of the window
 * @param entries [text, act] each
 */
export function openMarkMenu(title, point, entries) {
  close();
  const before = document.activeElement;
  const items = entries.map(([text, act]) =>
    el('button', {
      type: 'button',
      role: 'menuitem',
      class: 'mark-item',
      tabIndex: -1,
      textContent: text,
      onclick() {
        close(true);
        act();
      },
    }),
  );
  const menu = el(
    'div',
    { class: 'mark-menu', role: 'menu', 'aria-label': title },
    el('p', { class: 'mark-title', textContent: title, 'aria-hidden': 'true' }),
    items,
  );
  close = (refocus = false) => {
    close = () => {};
    menu.remove();
    if (refocus) before?.focus();
  };
  menu.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) items[(at + step + items.length) % items.length].focus();
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(menu);
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(point.x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(point.y, innerHeight - height - 8))}px`;
  items[0].focus({ preventScroll: true });
}
