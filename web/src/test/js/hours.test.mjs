/** Events by hour. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hours } from '../../main/resources/webroot/js/hours.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

test(`hours hold what a map would hold, in order, whatever is put over them (SEED=${SEED})`, () => {
  let state = SEED;
  const draw = (below) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const map = new Map();
  let hours = Hours.NONE;
  for (let round = 0; round < 500; round++) {
    const changes = Array.from({ length: draw(8) }, () => [(draw(60) - 30) * 3_600_000, draw(4)]);
    const once = new Map(changes);
    for (const [hour, count] of once) count === 0 ? map.delete(hour) : map.set(hour, count);
    const before = [...hours];
    const next = hours.with(once);
    assert.deepEqual([...hours], before, 'hours are not changed in place');
    hours = next;
    const expected = [...map].sort(([a], [b]) => a - b);
    assert.deepEqual([...hours], expected);
    assert.deepEqual([hours.size, hours.first, hours.last], [map.size, expected[0]?.[0], expected.at(-1)?.[0]]);
    const each = [];
    hours.forEach((count, hour) => each.push([hour, count]));
    assert.deepEqual(each, expected);
    assert.deepEqual([...hours.keys()].map((hour) => hours.get(hour)), expected.map(([, count]) => count));
    assert.equal(hours.get(1), undefined);
  }
});
