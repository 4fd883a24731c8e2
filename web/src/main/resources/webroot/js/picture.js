/** A card as a PNG: what it shows, with title, filter and version, as the page has it drawn. */
import { el } from './dom.js';
import { colours } from './theme.js';

const SCALE = 2;
const MARGIN = 24;
const HEAD = 62;
const FOOT = 30;

/**
 * @param card element of the card
 * @param texts {title, subtitle, foot}
 * @returns a promise of the picture as a Blob
 */
export function pictureOf(card, texts) {
  const theme = colours();
  const body = card.querySelector('.card-body');
  const items = [...itemsIn(body)];
  const origin = body.getBoundingClientRect();
  const right = Math.max(origin.right, ...items.map(({ box }) => box.right)) - origin.left;
  const bottom = Math.max(...items.map(({ box }) => box.bottom)) - origin.top;
  const canvas = el('canvas', {
    width: (right + 2 * MARGIN) * SCALE,
    height: (HEAD + bottom + FOOT + 2 * MARGIN) * SCALE,
  });
  const ctx = canvas.getContext('2d');
  ctx.scale(SCALE, SCALE);
  ctx.fillStyle = theme.surface;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  const family = getComputedStyle(document.body).fontFamily;
  const line = (text, size, weight, colour, y) => {
    ctx.font = `${weight} ${size}px ${family}`;
    ctx.fillStyle = colour;
    ctx.textBaseline = 'top';
    ctx.fillText(text, MARGIN, y, right);
  };
  line(texts.title, 18, 600, theme.text, MARGIN);
  line(texts.subtitle, 13, 400, theme.muted, MARGIN + 28);
  line(texts.foot, 12, 400, theme.muted, MARGIN + HEAD + bottom + FOOT - 12);
  ctx.translate(MARGIN - origin.left, MARGIN + HEAD - origin.top);
  for (const item of items) item.draw(ctx);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Charts, filled boxes and texts, as things that can be drawn where they are on the page. */
function* itemsIn(parent) {
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.trim() !== '') yield textItem(node, parent);
      continue;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('.unseen, .heat-legend, [hidden]')) continue;
    const box = node.getBoundingClientRect();
    if (node instanceof HTMLCanvasElement) {
      yield { box, draw: (ctx) => ctx.drawImage(node, box.left, box.top, box.width, box.height) };
      continue;
    }
    if (node.matches('.heat-cell, .legend-dot')) yield boxItem(node, box);
    yield* itemsIn(node);
  }
}

function boxItem(node, box) {
  const { backgroundColor, borderTopLeftRadius } = getComputedStyle(node);
  return {
    box,
    draw(ctx) {
      ctx.fillStyle = backgroundColor;
      ctx.beginPath();
      ctx.roundRect(box.left, box.top, box.width, box.height, parseFloat(borderTopLeftRadius) || 0);
      ctx.fill();
    },
  };
}

function textItem(node, parent) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  const { color, font } = getComputedStyle(parent);
  return {
    box,
    draw(ctx) {
      ctx.font = font;
      ctx.fillStyle = color;
      ctx.textBaseline = 'middle';
      ctx.fillText(node.data, box.left, box.top + box.height / 2);
    },
  };
}

/** Hands a Blob to the user as a file. */
export function download(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = el('a', { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
