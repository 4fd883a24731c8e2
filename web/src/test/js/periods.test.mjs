/** Days, weeks and periods that are compared. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hours } from '../../main/resources/webroot/js/hours.js';
import {
  DAY,
  HOUR,
  WEEK,
  compared,
  countWithin,
  nextStart,
  offsetsOf,
  pointsOf,
  shadowOf,
  startOf,
  wholeHours,
} from '../../main/resources/webroot/js/periods.js';

const at = (text) => Date.parse(text);
const BERLIN = offsetsOf('Europe/Berlin');
const ALL_TIME = { start: -Infinity, end: Infinity };
/** One event in each hour from the first until before the second. */
const every = (from, to) => Hours.of(Array.from({ length: (to - from) / HOUR }, (_, i) => [from + i * HOUR, 1]));

test('weeks are those of ISO 8601: they begin with a Monday, before 1970 too', () => {
  assert.equal(startOf(at('2026-11-22T20:00:00Z'), 'week'), at('2026-11-16T00:00:00Z'));
  assert.equal(startOf(at('2026-11-16T00:00:00Z'), 'week'), at('2026-11-16T00:00:00Z'));
  assert.equal(startOf(at('1969-12-31T23:00:00Z'), 'week'), at('1969-12-29T00:00:00Z'));
});

test('a day of a zone may have 23 or 25 hours', () => {
  const spring = startOf(at('2026-03-29T12:00:00Z'), 'day', BERLIN);
  const autumn = startOf(at('2026-10-25T12:00:00Z'), 'day', BERLIN);

  assert.equal(spring, at('2026-03-28T23:00:00Z'));
  assert.equal(nextStart(spring, 'day', BERLIN) - spring, 23 * HOUR);
  assert.equal(autumn, at('2026-10-24T22:00:00Z'));
  assert.equal(nextStart(autumn, 'day', BERLIN) - autumn, 25 * HOUR);
  assert.equal(nextStart(startOf(autumn, 'week', BERLIN), 'week', BERLIN), at('2026-10-25T23:00:00Z'));
});

test('what no clock knows is UTC, and a zone of half hours is told from others', () => {
  assert.equal(offsetsOf('Middle/Earth')(0), 0);
  assert.equal(wholeHours(offsetsOf('Asia/Kolkata'), 0), false);
  assert.equal(wholeHours(BERLIN, 0), true);
});

test('whatever the grain and the zone, every event is in one point', () => {
  const hours = every(at('2026-03-20T00:00:00Z'), at('2026-04-03T00:00:00Z'));
  for (const offset of [() => 0, BERLIN, offsetsOf('America/New_York'), offsetsOf('Pacific/Auckland')]) {
    for (const grain of ['hour', 'day', 'week']) {
      const points = pointsOf(hours, grain, offset);
      assert.equal(
        points.reduce((sum, { y }) => sum + y, 0),
        14 * 24,
      );
      for (let i = 1; i < points.length; i += 1) assert.equal(points[i].x, nextStart(points[i - 1].x, grain, offset));
    }
  }
});

test('a gap of years between days costs two points', () => {
  const points = pointsOf(
    Hours.of([
      [at('1990-01-01T05:00:00Z'), 3],
      [at('2026-01-01T05:00:00Z'), 4],
    ]),
    'day',
  );

  assert.deepEqual(
    points.map(({ x, y }) => [new Date(x).toISOString().slice(0, 10), y]),
    [
      ['1990-01-01', 3],
      ['1990-01-02', 0],
      ['2025-12-31', 0],
      ['2026-01-01', 4],
    ],
  );
});

test('a range is compared with the same length before it', () => {
  const start = at('2026-01-10T00:00:00Z');
  const hours = Hours.of([...every(start - DAY, start), ...[...every(start, start + DAY).keys()].map((h) => [h, 3])]);

  const { current, before, change, share } = compared(hours, { start, end: start + DAY }, 'before', start + WEEK);

  assert.deepEqual([current.count, before.count, change, share], [72, 24, 48, 2]);
  assert.deepEqual([before.start, before.end], [start - DAY, start]);
});

test('of a range that is still going on only the finished hours are compared', () => {
  const start = at('2026-01-10T00:00:00Z');
  const now = start + 5 * HOUR + 12_345;
  const hours = every(start - 2 * DAY, start + 6 * HOUR);

  const { current, before } = compared(hours, { start, end: start + DAY }, 'before', now);

  assert.deepEqual([current.end - current.start, current.count, before.count], [5 * HOUR, 5, 5]);
  assert.equal(before.start, start - DAY);
});

test('the same hours last week are one week earlier, for a week at most', () => {
  const start = at('2026-01-10T00:00:00Z');
  const hours = every(start - 3 * WEEK, start + 2 * WEEK);

  assert.equal(compared(hours, { start, end: start + DAY }, 'week', start + 2 * WEEK).before.start, start - WEEK);
  assert.equal(compared(hours, { start, end: start + 8 * DAY }, 'week', start + 2 * WEEK), null);
});

test('a table that does not reach back is not compared', () => {
  const start = at('2026-01-10T00:00:00Z');

  assert.equal(compared(every(start - HOUR, start + DAY), { start, end: start + DAY }, 'before', start + WEEK), null);
  assert.equal(compared(Hours.NONE, ALL_TIME, 'before', start), null);
});

test('without a range it is the newest whole days that are compared, as many as fit twice', () => {
  const last = at('2026-01-20T13:00:00Z');
  const hours = every(last - 16 * DAY, last);

  const { current, before } = compared(hours, ALL_TIME, 'before', last, 'day');

  assert.deepEqual([current.start, current.end], [at('2026-01-13T00:00:00Z'), at('2026-01-20T00:00:00Z')]);
  assert.equal(before.count, 7 * 24);
});

test('what was before is drawn where the period is, in whole days only', () => {
  const start = at('2026-01-10T06:00:00Z');
  const hours = every(start - 10 * DAY, start + 3 * DAY);
  const comparison = compared(hours, { start, end: start + 3 * DAY }, 'before', start + WEEK);

  assert.deepEqual(
    shadowOf(hours, comparison, 'day').map(({ x, y }) => [new Date(x).toISOString(), y]),
    [
      ['2026-01-11T00:00:00.000Z', 24],
      ['2026-01-12T00:00:00.000Z', 24],
    ],
  );
  assert.equal(shadowOf(hours, comparison, 'hour').length, 72);
  assert.equal(countWithin(hours, comparison.before), 72);
});
