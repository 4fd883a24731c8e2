/** Lines of very many points. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thinned } from '../../main/resources/webroot/js/charts/thin.js';

const HOUR = 3_600_000;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Numbers below one that look drawn by lot, the same for the same seed. */
function lot(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function hours(count, draw) {
  return Array.from({ length: count }, (_, i) => ({ x: i * HOUR, y: Math.floor(draw() * 1000) }));
}

test('a short line stays as it is', () => {
  const points = hours(1000, lot(1));
  assert.equal(thinned(points, 1000), points);
});

test(`a thinned line keeps both ends, the order and every peak and low that stands out (SEED=${SEED})`, () => {
  const draw = lot(SEED);
  for (let round = 0; round < 50; round++) {
    const points = hours(2001 + Math.floor(draw() * 9000), draw).filter(() => draw() > 0.1);
    const few = thinned(points, 1000);
    assert.ok(few.length <= 1002 && few.length > 400, String(few.length));
    assert.deepEqual([few[0], few.at(-1)], [points[0], points.at(-1)]);
    assert.ok(few.every((point, i) => i === 0 || few[i - 1].x < point.x));
    for (const pick of [Math.min, Math.max]) {
      assert.equal(few.reduce((y, point) => pick(y, point.y), points[0].y), points.reduce((y, point) => pick(y, point.y), points[0].y));
    }
  }
});

test('a point that moves changes the line only near it', () => {
  const points = hours(8760, lot(7));
  const before = thinned(points, 1000);
  const after = thinned(points.map((point, i) => (i === 4000 ? { ...point, y: 5000 } : point)), 1000);
  const other = (a, b) => a.filter(({ x, y }) => !b.some((point) => point.x === x && point.y === y));
  assert.deepEqual(other(after, before).map(({ x }) => x), [4000 * HOUR]);
  assert.ok(other(before, after).length <= 1);
});
