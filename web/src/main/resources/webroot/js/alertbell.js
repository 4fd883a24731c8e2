/** The bell with the number of alerts that fire, their list, and a banner for each that began to. */
import * as alertApi from './alertapi.js';
import { alertForm } from './alertform.js';
import { patience } from './api.js';
import { firing, inOrder, listed, told, turnOf, words } from './alerts.js';
import { say } from './clip.js';
import { el, icon, setText } from './dom.js';
import * as format from './format.js';

const BELL = ['M8 2.200a3.800 3.800 0 0 0-3.800 3.800c0 3.500-1.400 4.800-1.400 4.800h10.400S11.800 9.500 11.800 6A3.800 3.800 0 0 0 8 2.200Z', 'M6.700 13.300a1.400 1.400 0 0 0 2.600 0'];
/** Of its own, so that alerts are told while the numbers are paused. */
const SUBSCRIPTION = { op: 'subscribe', id: 'alerts', views: [], alerts: true };
const MOST_BANNERS = 3;

/**
 * @param roots {bell, banners}: a button and the place of the banners
 * @param actions {send(message), filter()}
 */
export function alertBell(roots, actions) {
  let known = new Map();
  let round = 0;
  let open = false;
  let hidden = document.hidden;
  let shown = null;
  const dismissed = new Set();

  const badge = el('span', { class: 'bell-count', hidden: true });
  roots.bell.replaceChildren(icon(...BELL), badge);
  const list = el('ul', { class: 'alert-list' });
  const none = el('p', { class: 'card-note', textContent: 'There are none yet. An alert is kept by the server and measured at every version.' });
  const add = el('button', { type: 'button', class: 'button', textContent: 'New alert', onclick: () => edit(null) });
  const close = el('button', { type: 'button', class: 'button', textContent: 'Close', onclick: () => dialog.close() });
  const form = alertForm({
    filter: actions.filter,
    saved(name) {
      say(`${format.value(name, 60)} is saved`);
      edit(undefined);
      read();
    },
    cancelled: () => edit(undefined),
  });
  const place = el('div', { class: 'alert-place' });
  const dialog = el(
    'dialog',
    { class: 'drawer alerts', 'aria-labelledby': 'alerts-title' },
    el('header', { class: 'card-head' }, el('h2', { id: 'alerts-title', textContent: 'Alerts' }), el('div', { class: 'card-controls' }, add, close)),
    none,
    list,
    place,
  );
  dialog.addEventListener('pointerdown', ({ target }) => target === dialog && dialog.close());
  document.body.append(dialog);
  roots.bell.addEventListener('click', () => {
    edit(undefined);
    dialog.showModal();
    read();
  });

  /** @param alert undefined: no form; null: a new alert */
  function edit(alert) {
    place.replaceChildren(...(alert === undefined ? [] : [form.element]));
    add.hidden = alert !== undefined;
    if (alert !== undefined) form.open(alert);
    else if (dialog.open) add.focus();
  }

  async function read() {
    const asked = round;
    const answer = await alertApi.list();
    if (answer !== null && asked === round) become(listed(known, answer, round));
    else if (answer === null && asked === round && patience.left > 0) setTimeout(() => asked === round && read(), patience.left + 100);
  }

  function become(next) {
    known = next;
    draw();
  }

  function follow() {
    if (!open || hidden) return;
    round += 1;
    actions.send(SUBSCRIPTION);
    read();
  }

  function draw() {
    const key = JSON.stringify([...known.values(), [...dismissed]]);
    if (key === shown) return;
    shown = key;
    const now = firing(known);
    setText(badge, format.count(now.length));
    badge.hidden = now.length === 0;
    roots.bell.title = now.length === 0 ? 'Alerts: none is firing' : `Alerts: ${format.count(now.length)} firing`;
    roots.bell.setAttribute('aria-label', roots.bell.title);
    none.hidden = known.size > 0;
    drawList();
    drawBanners(now.filter((alert) => !dismissed.has(turnOf(alert))));
  }

  /** Each entry stays while it is the same alert, so that a button does not lose the focus. */
  function drawList() {
    const before = new Map([...list.children].map((item) => [item.dataset.name, item]));
    const items = inOrder(known).map((alert) => entry(before.get(alert.name) ?? newEntry(alert.name), alert));
    if (items.some((item, index) => list.children[index] !== item) || items.length !== list.children.length) {
      list.replaceChildren(...items);
    }
  }

  function newEntry(name) {
    let sure = false;
    const item = el(
      'li',
      { class: 'alert-entry', 'data-name': name },
      el('div', { class: 'alert-body' }, el('p', { class: 'alert-title' }, el('bdi'), el('span', { class: 'alert-state' })), el('p', { class: 'alert-text' }), el('p', { class: 'alert-rule' })),
      el('button', { type: 'button', class: 'button alert-edit', textContent: 'Change', onclick: () => edit(known.get(name) ?? null) }),
      el('button', { type: 'button', class: 'button alert-delete', textContent: 'Delete', onclick: ({ target }) => erase(target) }),
    );
    async function erase(button) {
      if (!sure) {
        sure = true;
        setText(button, 'Delete it?');
        return;
      }
      const error = await alertApi.remove(name);
      if (error !== null) say(error);
      add.focus();
      read();
    }
    return item;
  }

  function entry(item, alert) {
    const { tone, title, state, text, rule } = words(alert);
    item.dataset.tone = tone;
    setText(item.querySelector('bdi'), title);
    setText(item.querySelector('.alert-state'), state);
    setText(item.querySelector('.alert-text'), text);
    setText(item.querySelector('.alert-rule'), rule);
    item.querySelector('.alert-edit').setAttribute('aria-label', `Change ${title}`);
    item.querySelector('.alert-delete').setAttribute('aria-label', `Delete ${title}`);
    return item;
  }

  function drawBanners(now) {
    const before = new Map([...roots.banners.children].map((banner) => [banner.dataset.turn, banner]));
    const wanted = now.slice(0, MOST_BANNERS).map((alert) => banner(before.get(turnOf(alert)) ?? newBanner(turnOf(alert)), alert));
    for (const old of before.values()) if (!wanted.includes(old)) old.remove();
    wanted.forEach((one, index) => roots.banners.children[index] !== one && roots.banners.insertBefore(one, roots.banners.children[index] ?? null));
  }

  function newBanner(turn) {
    return el(
      'div',
      { class: 'banner', role: 'alert', 'data-tone': 'bad', 'data-turn': turn },
      icon(...BELL),
      el('div', { class: 'banner-body' }, el('p', { class: 'banner-title' }), el('p', { class: 'banner-text' })),
      el('button', {
        type: 'button',
        class: 'button',
        textContent: 'Dismiss',
        onclick() {
          dismissed.add(turn);
          roots.bell.focus();
          draw();
        },
      }),
    );
  }

  function banner(element, alert) {
    const { title, text } = words(alert);
    setText(element.querySelector('.banner-title'), `Alert: ${title}`);
    setText(element.querySelector('.banner-text'), text);
    return element;
  }

  draw();
  return {
    opened() {
      open = true;
      follow();
    },
    closed() {
      open = false;
    },
    hide(now) {
      if (hidden === now) return;
      hidden = now;
      if (hidden && open) actions.send({ op: 'unsubscribe', id: SUBSCRIPTION.id });
      follow();
    },
    message(message) {
      const before = known.get(message.name);
      become(told(known, message, round));
      if (before?.state === 'firing' && message.state === 'ok') say(`${format.value(message.name, 60)} is all right again`);
    },
  };
}
