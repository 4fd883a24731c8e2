/** The header, the banners and the face: draws what health.js says. */
import { el, icon, setText } from './dom.js';
import { banners, face, facts, health } from './health.js';
import * as format from './format.js';

const FACE_ICONS = {
  waiting: ['M8 4.2V8l2.6 1.6', 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z'],
  connecting: ['M3 8h.01M8 8h.01M13 8h.01'],
  loading: ['M2.5 12.5h11', 'M4 10V7.5M8 10V3.5M12 10V6'],
  empty: ['M2.5 9.5 4.3 3h7.4l1.8 6.5v3.5h-11V9.500Z', 'M2.5 9.5H6l.8 1.7h2.4l.8-1.7h3.5'],
  failed: ['M8 5v3.6M8 11h.01', 'M8 2 14.5 13.500h-13Z'],
  unreachable: ['M2.5 2.5l11 11', 'M4 8.500a6 6 0 0 1 2-1.300M9.5 7a6 6 0 0 1 2.5 1.500M6.5 11a2.2 2.2 0 0 1 3 0'],
};

/**
 * @param roots {health, banners, face, tableName}, elements of the page
 * @param retry is called to try the connection at once
 * @returns {draw(model, now), facts(model, now)}; `facts` says of which version the numbers on the page are
 */
export function statusView(roots, retry) {
  const label = el('span');
  const pill = el('span', { class: 'pill', role: 'status' }, el('span', { class: 'pill-dot' }), label);
  const values = ['Version', 'Lag', 'Freshness', 'Last commit'].map(() => [el('dt'), el('dd')]);
  const pairs = values.map(([name, value]) => el('div', { class: 'fact' }, name, value));
  const list = el('dl', { class: 'facts' }, pairs);
  roots.health.replaceChildren(pill, list);
  let shownBanners = '';
  let shownFace = '';
  let progress = null;

  function drawHeader(model) {
    const { tone, label: text } = health(model);
    pill.dataset.tone = tone;
    setText(label, text);
    const uri = model.status?.table?.uri ?? '';
    setText(roots.tableName, format.value(uri.replace(/\/+$/, '').split('/').at(-1) ?? '', 48));
    roots.tableName.hidden = uri === '';
    const title = uri === '' ? 'Tidemark' : `${roots.tableName.textContent} · Tidemark`;
    if (document.title !== title) document.title = title;
    if (roots.tableName.title !== uri) roots.tableName.title = uri;
  }

  function drawFacts(model, now) {
    list.hidden = model.feed.version < 0;
    facts(model, now).forEach(([name, value, why], index) => {
      setText(values[index][0], name);
      setText(values[index][1], value);
      if (pairs[index].title !== why) pairs[index].title = why;
    });
  }

  function drawBanners(list) {
    const key = JSON.stringify(list.map(({ tone, text, hint }) => [tone, text?.replace(/\d+/g, ''), hint]));
    if (key !== shownBanners) roots.banners.replaceChildren(...list.map((banner) => bannerElement(banner, retry)));
    shownBanners = key;
    list.forEach((banner, index) => {
      setText(roots.banners.children[index].querySelector('.banner-title'), banner.title);
      setText(roots.banners.children[index].querySelector('.banner-text'), banner.text ?? '');
    });
  }

  function drawFace(what) {
    const key = what === null ? '' : JSON.stringify([what.kind, what.title, what.where, what.text, what.address, what.hint]);
    if (key !== shownFace) {
      progress = what?.progress ? progressElement() : null;
      roots.face.replaceChildren(...(what === null ? [] : [faceElement(what, progress)]));
    }
    shownFace = key;
    if (progress !== null && what?.progress) progress.draw(what.progress);
  }

  return {
    draw(model, now) {
      const what = face(model);
      drawHeader(model);
      drawFace(what);
      drawBanners(what === null || what.kind === 'empty' ? banners(model, now) : []);
    },
    facts: drawFacts,
  };
}

/** What counts seconds is read aloud when the banner comes, and not at each of them. */
function bannerElement({ tone, title, text, hint, retry: canRetry }, retry) {
  return el(
    'div',
    { class: 'banner', role: tone === 'idle' ? 'status' : 'alert', 'data-tone': tone },
    icon('M8 5v3.6M8 11h.01', 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z'),
    el(
      'div',
      { class: 'banner-body' },
      el('p', { class: 'banner-title', 'aria-live': 'off', textContent: title }),
      el('p', { class: 'banner-text', 'aria-live': 'off', textContent: text ?? '' }),
      hint ? el('p', { class: 'banner-hint', textContent: hint }) : null,
    ),
    canRetry ? el('button', { class: 'button', type: 'button', textContent: 'Try now', onclick: retry }) : null,
  );
}

function faceElement({ kind, title, where, text, address, hint }, progress) {
  const drawing = icon(...FACE_ICONS[kind]);
  return el(
    'section',
    { class: 'face', 'data-kind': kind, role: kind === 'failed' ? 'alert' : 'status' },
    el('div', { class: 'face-icon' }, drawing),
    el('h2', { textContent: title }),
    text ? el('p', { class: 'face-text', textContent: text }) : null,
    address ? addressElement(address) : null,
    where ? addressElement(where) : null,
    progress?.element ?? null,
    hint ? el('p', { class: 'face-hint', textContent: hint }) : null,
  );
}

const addressElement = (text) => el('p', { class: 'face-address' }, el('bdi', { textContent: format.value(text, 300) }));

function progressElement() {
  const bar = el('progress', { max: 1, 'aria-label': 'First load' });
  const text = el('span');
  const share = el('span', { class: 'face-share' });
  return {
    element: el('div', { class: 'face-progress' }, bar, el('div', { class: 'face-numbers' }, text, share)),
    draw({ value, text: words }) {
      if (value === null) bar.removeAttribute('value');
      else bar.value = value;
      setText(text, words);
      setText(share, value === null ? '' : format.percent(value, 1));
    },
  };
}
