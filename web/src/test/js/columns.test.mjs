/** Lines of very many points as columns of pixels. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, takenOver } from '../../main/resources/webroot/js/charts/columns.js';

const AXES = { min: 0, max: 10, highest: 100, width: 10, height: 100 };
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const columns = (points, axes = AXES) => {
  const { tops, bottoms } = columnsOf(points.map(([x, y]) => ({ x, y })), axes);
  return [...tops].map((top, i) => (top > bottoms[i] ? null : [top, bottoms[i]]));
};

/** Numbers below one that look drawn by lot, the same for the same seed. */
function lot(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('points that share a column leave their highest and lowest place', () => {
  assert.deepEqual(columns([[2, 10], [2.2, 90], [2.4, 40]])[2], [10, 90]);
});

test('a line goes through the columns between its points, and there is none before and after it', () => {
  const found = columns([[1.5, 0], [5.5, 80]]);
  assert.deepEqual(found[0], null);
  assert.deepEqual(found[1], [90, 100]);
  assert.deepEqual(found[3], [50, 70]);
  assert.deepEqual(found[5], [20, 30]);
  assert.deepEqual(found.slice(6), [null, null, null, null]);
});

test('a point at the very end is in the last column, and no point is no line', () => {
  assert.deepEqual(columns([[10, 100]])[9], [0, 0]);
  assert.deepEqual(columns([]), new Array(10).fill(null));
});

test(`every point is within its column, and neighbours touch, so that a line has no holes (SEED=${SEED})`, () => {
  const draw = lot(SEED);
  for (let round = 0; round < 50; round++) {
    const axes = { min: 0, max: 8759, highest: 1000, width: 50 + Math.floor(draw() * 2000), height: 250 };
    const points = Array.from({ length: 8760 }, (_, x) => [x, Math.floor(draw() * 1000)]).filter(() => draw() > 0.5);
    const found = columns(points, axes);
    const [first, last] = [points[0], points.at(-1)].map(([x]) => Math.min(axes.width - 1, Math.floor((x / 8759) * axes.width)));
    for (const [x, y] of points) {
      const [top, bottom] = found[Math.min(axes.width - 1, Math.floor((x / 8759) * axes.width))];
      const place = 250 * (1 - y / 1000);
      assert.ok(top <= place + 0.001 && place - 0.001 <= bottom, `${x}`);
    }
    for (let column = first; column < last; column++) {
      const [[top, bottom], [nextTop, nextBottom]] = [found[column], found[column + 1]];
      assert.ok(top <= nextBottom && nextTop <= bottom, `${column}`);
    }
  }
});

test('only columns that look different are taken over, in runs', () => {
  const flat = (changes = {}) => columnsOf(Array.from({ length: 10 }, (_, i) => ({ x: i + 0.5, y: changes[i] ?? 50 })), AXES);
  const drawn = [flat(), columnsOf([], AXES)];
  assert.deepEqual(takenOver(drawn, [flat({ 4: 50.2 }), columnsOf([], AXES)]), []);
  assert.deepEqual(takenOver(drawn, [flat({ 4: 60 }), columnsOf([], AXES)]), [[3, 6]]);
  assert.deepEqual(takenOver(drawn, [flat({ 4: 60 }), columnsOf([{ x: 9.5, y: 1 }], AXES)]), [[9, 10]]);
  assert.deepEqual(takenOver(drawn, [flat({ 4: 60 }), columnsOf([{ x: 9.5, y: 1 }], AXES)]), []);
});

test('what creeps on by less than can be seen is drawn at last', () => {
  const at = (y) => columnsOf([{ x: 5.5, y }], AXES);
  const drawn = [at(50)];
  assert.deepEqual([50.2, 50.4, 50.6].map((y) => takenOver(drawn, [at(y)])), [[], [], [[5, 6]]]);
});
