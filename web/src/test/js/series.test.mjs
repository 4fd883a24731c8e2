/** From counts to what charts show. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeTicks } from '../../main/resources/webroot/js/charts/ticks.js';
import { Hours } from '../../main/resources/webroot/js/hours.js';
import { OTHER, days, grid, hourPoints, ranked, top, withoutBlank } from '../../main/resources/webroot/js/series.js';

const HOUR = 3_600_000;
const counts = new Map([
  ['b', 2],
  ['a', 2],
  ['', 2],
  [null, 2],
  ['c', 9],
]);

test('values are ranked by count, then by value with null first', () => {
  assert.deepEqual(
    ranked(counts).map(({ value }) => value),
    ['c', null, '', 'a', 'b'],
  );
});

test('other is exactly what the bars before it leave', () => {
  const shown = top(ranked(counts), 2);

  assert.deepEqual(shown, [
    { value: 'c', count: 9 },
    { value: null, count: 2 },
    { value: OTHER, count: 6 },
  ]);
  assert.deepEqual(top(ranked(counts), 2, 10).at(-1), { value: OTHER, count: 16 });
  assert.deepEqual(
    top(ranked(counts), 5).map(({ value }) => value),
    ['c', null, '', 'a', 'b'],
  );
});

test('what is left out as empty is counted', () => {
  const { rows, leftOut } = withoutBlank(ranked(counts));

  assert.deepEqual(
    rows.map(({ value }) => value),
    ['c', 'a', 'b'],
  );
  assert.equal(leftOut, 4);
});

test('a gap in the hours is drawn as zero, and costs two points however long it is', () => {
  const points = hourPoints(
    Hours.of([
      [1000 * HOUR, 3],
      [0, 5],
      [HOUR, 6],
      [1002 * HOUR, 1],
    ]),
  );

  assert.deepEqual(
    points.map(({ x, y }) => [x / HOUR, y]),
    [
      [0, 5],
      [1, 6],
      [2, 0],
      [999, 0],
      [1000, 3],
      [1001, 0],
      [1002, 1],
    ],
  );
});

test('days are UTC, before 1970 too', () => {
  assert.equal(days(Hours.NONE), null);
  const { first, last } = days(
    Hours.of([
      [-HOUR, 1],
      [Date.UTC(2026, 0, 1, 23), 1],
    ]),
  );
  assert.deepEqual([first, last], ['1969-12-31', '2026-01-01']);
});

test('the heatmap has a zero where a pair has no events', () => {
  const pairs = new Map([
    ['1', { values: { channel: 'web', type: 'x' }, count: 4 }],
    ['2', { values: { channel: null, type: 'y' }, count: 1 }],
  ]);

  const { rows, columns, cells, max } = grid(pairs, 'channel', 'type', 10, 10);

  assert.deepEqual(
    [rows, columns, cells, max],
    [
      ['web', null],
      ['x', 'y'],
      [
        [4, 0],
        [0, 1],
      ],
      4,
    ],
  );
});

test('a heatmap of too many values shows the biggest and says how many it hides', () => {
  const pairs = new Map(
    ['a', 'b', 'c'].map((type, count) => [type, { values: { channel: 'web', type }, count: count + 1 }]),
  );

  const { columns, hiddenRows, hiddenColumns } = grid(pairs, 'channel', 'type', 1, 2);

  assert.deepEqual([columns, hiddenRows, hiddenColumns], [['c', 'b'], 0, 1]);
});

test('an axis never has many more ticks than asked for, from one hour to ten thousand years', () => {
  for (const span of [0, 1, 5, 24, 72, 24 * 31, 24 * 365, 24 * 365 * 30, 24 * 365 * 10_000]) {
    const ticks = timeTicks(0, span * HOUR, 8);
    assert.ok(ticks.length <= 10, `${span} hours: ${ticks.length} ticks`);
    assert.ok(
      ticks.every(({ value }) => value >= 0 && value <= span * HOUR),
      `${span} hours`,
    );
  }
});

test('hours that came out of order are drawn in order', () => {
  assert.deepEqual(
    hourPoints(Hours.of([[7_200_000, 2], [0, 1], [3_600_000, 5]])).map(({ y }) => y),
    [1, 5, 2],
  );
});
