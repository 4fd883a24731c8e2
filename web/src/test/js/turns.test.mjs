/** Which cards are drawn in which frame. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AGAIN, Turns } from '../../main/resources/webroot/js/turns.js';

/** Cards by name, of which those in `seen` are in view; `drawn` are those that a frame drew, by name and version. */
function page(seen, costs = {}) {
  let now = 10_000;
  let drawn = [];
  const cards = ['a', 'b', 'c', 'd'].map((name) => ({
    name,
    draw({ feed }) {
      drawn.push(`${name}${feed.version}`);
      now += costs[name] ?? 0;
      return costs[name] !== 0;
    },
    renew() {
      drawn.push(`new ${name}`);
      return costs[name] !== 0;
    },
  }));
  const turns = new Turns(cards, () => now);
  for (const card of cards) turns.sees(card, seen.includes(card.name));
  const models = new Map();
  const modelOf = (version) => models.get(version) ?? models.set(version, { feed: { version } }).get(version);
  function frame(version, choice = '', begin = () => false) {
    drawn = [];
    const { shown, all, again } = turns.draw(modelOf(version), choice, begin);
    return [drawn.join(' '), shown?.version ?? null, all?.version ?? null, again];
  }
  return {
    turns,
    cards,
    later: (milliseconds) => (now += milliseconds),
    frame,
    /** Frames until nothing is left to do at once. */
    frames(version, choice) {
      const all = [];
      for (;;) {
        const [cards, shown, everything, again] = frame(version, choice);
        all.push(cards);
        if (again !== 0) return [all.filter((text) => text !== '').join('|'), shown, everything, again];
      }
    },
  };
}

test('a costly card has a frame of its own, cheap ones share one, and those in view come first', () => {
  const { frame } = page(['c', 'd'], { a: 0, b: 0, c: 5, d: 5 });

  assert.deepEqual(frame(1), ['c1', null, null, 0]);
  assert.deepEqual(frame(1), ['d1', null, null, 0]);
  assert.deepEqual(frame(1).slice(0, 3), ['a1 b1', 1, 1]);
});

test('cards of one pass are of one version, whatever comes meanwhile', () => {
  const { frame } = page(['a', 'b', 'c', 'd'], { a: 5, b: 5, c: 0, d: 0 });

  assert.equal(frame(1)[0], 'a1');
  assert.equal(frame(2)[0], 'b1');
  assert.deepEqual(frame(2).slice(0, 2), ['c1 d1', 1]);
});

test('what moves by itself is drawn in view, and elsewhere now and then, and at last', () => {
  const { frames, later } = page(['a'], { a: 0, b: 0, c: 0, d: 0 });
  assert.deepEqual(frames(1).slice(0, 3), ['a1 b1 c1 d1', 1, 1]);
  later(100);
  assert.deepEqual(frames(2), ['a2', 2, null, 1900]);
  later(1000);
  assert.deepEqual(frames(3), ['a3', 3, null, 900]);
  later(900);
  assert.deepEqual(frames(3).slice(0, 3), ['a3 b3 c3 d3', 3, 3]);
  later(60_000);
  assert.deepEqual(frames(4).slice(0, 3), ['a4 b4 c4 d4', 4, 4]);
});

test('what the user chooses is drawn everywhere at once, also in the middle of a pass', () => {
  const { frame, frames, turns } = page(['a', 'b'], { a: 5, b: 5, c: 0, d: 0 });
  frames(1);
  turns.spent(500);
  frame(2);
  assert.deepEqual(frame(2, 'web')[0], 'a2');
  assert.deepEqual(frames(2, 'web').slice(0, 3), ['b2|c2 d2', 2, 2]);
});

test('a pass is followed by twice the rest that it cost, with what the browser did for it', () => {
  const { frames, turns, later } = page(['a'], { a: 10, b: 0, c: 0, d: 0 });
  frames(1);
  turns.spent(60);
  assert.deepEqual(frames(2), ['', null, null, 170]);
  later(169);
  assert.deepEqual(frames(2)[3], 1);
  later(1);
  assert.equal(frames(2)[1], 2);

  turns.spent(5000);
  assert.ok(frames(3)[3] <= 6000, 'a rest is a second at most');
});

test('a card that comes into view is drawn with the next pass', () => {
  const { frames, turns, cards, later } = page(['a'], { a: 0, b: 0, c: 0, d: 0 });
  frames(1);
  later(100);
  frames(2);
  turns.sees(cards[2], true);
  later(16);
  assert.deepEqual(frames(2).slice(0, 2), ['a2 c2', 2]);
});

test('where there are no cards to draw, a pass is done with what comes before them', () => {
  const { frame } = page(['a']);
  assert.deepEqual(frame(1, '', () => true), ['', 1, 1, null]);
});

test('a card that wants another frame gets it before all others', () => {
  const drawn = [];
  const parts = [AGAIN, true];
  const cards = [{ draw: () => (drawn.push('a'), parts.shift()) }, { draw: () => (drawn.push('b'), true) }];
  const turns = new Turns(cards, () => 0);
  const frames = [1, 2, 3].map(() => (turns.draw({ feed: {} }, '', () => false), drawn.splice(0).join()));
  assert.deepEqual(frames, ['a', 'a', 'b']);
});

test('cards whose place or theme is another have a frame each, those in view first, and only then the pass goes on', () => {
  const { frame, frames, turns, cards } = page(['c', 'd'], { a: 5, b: 5, c: 0, d: 5 });
  frames(1);
  turns.spent(500);
  frame(2, 'web');
  for (const card of cards) turns.renew(card);
  assert.deepEqual(frame(2, 'web'), ['new c new d', null, null, 0]);
  assert.deepEqual(frames(2, 'web').slice(0, 3), ['new a|new b|a2|b2', 2, 2]);
});

test('a card is renewed though a pass has its rest, and once', () => {
  const { frame, frames, turns, cards } = page(['a'], {});
  frames(1);
  turns.spent(500);
  turns.renew(cards[0]);
  turns.renew(cards[0]);
  turns.renew({});
  assert.deepEqual(frame(2)[0], 'new a');
  assert.deepEqual(frame(2).slice(0, 3), ['', null, null]);
});
