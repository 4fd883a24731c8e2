/** The last hour by minute, from commits, and what to do about small files. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MINUTE,
  NO_COMMITS,
  adviceOf,
  lastHour,
  leavesHole,
  netOf,
  taken,
  wantedCommits,
} from '../../main/resources/webroot/js/commits.js';

const NOON = Date.parse('2026-01-01T12:00:00Z');
const commit = (version, minute, added, removed = 0) => ({
  version,
  committedAt: new Date(NOON + minute * MINUTE + 1000).toISOString(),
  rows: { added, removed },
});
const answer = (epoch, ...commits) => ({ epoch, commits });
const bars = (log, minute) => lastHour(log, NOON + minute * MINUTE);

test('an answer that does not reach back to what is known is told apart', () => {
  const log = taken(NO_COMMITS, answer('e', commit(1, 0, 2), commit(0, 0, 1)));
  const holes = [answer('e', commit(9, 1, 1)), answer('e', commit(2, 1, 1)), answer('e', commit(1, 0, 2)), answer('e')];
  assert.deepEqual(holes.map((one) => leavesHole(log, one)), [true, false, false, false]);
  assert.equal(leavesHole(log, answer('another', commit(9, 1, 1))), false);
  assert.equal(leavesHole(NO_COMMITS, answer('e', commit(9, 1, 1))), false);
});

test('a row is in the minute of its commit', () => {
  const log = taken(NO_COMMITS, answer('e', commit(2, 1, 30), commit(1, 1, 20), commit(0, 0, 5)));

  const hour = bars(log, 1);
  assert.equal(hour.length, 60);
  assert.deepEqual(
    hour.slice(-2).map(({ added, commits, known }) => [added, commits, known]),
    [
      [5, 1, true],
      [50, 2, true],
    ],
  );
});

test('rows that are only written anew are not new, and rows that go are told apart', () => {
  const log = taken(NO_COMMITS, answer('e', commit(2, 0, 0, 7), commit(1, 0, 500, 500), commit(0, 0, 10)));

  assert.deepEqual(
    bars(log, 0).slice(-1).map(({ added, removed, commits }) => [added, removed, commits]),
    [[10, 7, 3]],
  );
});

test('commits that were taken up together count once', () => {
  const step = { to: 3, rows: { added: 90, removed: 0 } };
  const [third, second] = [3, 2].map((version) => ({ ...commit(version, 0, 0), rows: null, step }));

  assert.deepEqual([netOf(third), netOf(second)], [90, 0]);
});

test('what follows is added, and what is known already counts once', () => {
  let log = taken(NO_COMMITS, answer('e', commit(1, 0, 2), commit(0, 0, 1)));
  log = taken(log, answer('e', commit(2, 0, 4), commit(1, 0, 2)));
  log = taken(log, answer('e', commit(2, 0, 4)));

  assert.equal(bars(log, 0).at(-1).added, 7);
  assert.deepEqual(log.list.map(({ version }) => version), [2, 1, 0]);
  assert.deepEqual([wantedCommits(NO_COMMITS, 5), wantedCommits(log, 5), wantedCommits(log, 9000)], [1000, 23, 1000]);
});

test('minutes before the oldest commit that is remembered are not said to be empty', () => {
  const log = taken(NO_COMMITS, answer('e', commit(901, 2, 4), commit(900, 0, 3)));

  assert.deepEqual(bars(log, 2).slice(-3).map(({ known }) => known), [false, true, true]);
});

test('a hole, or another table, begins anew', () => {
  const log = taken(NO_COMMITS, answer('e', commit(0, 0, 1)));

  assert.equal(bars(taken(log, answer('e', commit(9, 3, 4), commit(8, 3, 4))), 3).at(-4).known, false);
  const other = taken(log, answer('f', commit(0, 3, 2)));
  assert.deepEqual([other.newest, bars(other, 3).reduce((sum, { added }) => sum + added, 0)], [0, 2]);
});

test('what is older than the hour is forgotten', () => {
  let log = NO_COMMITS;
  for (let minute = 0; minute < 600; minute += 1) log = taken(log, answer('e', commit(minute, minute, 1)));

  assert.ok(log.minutes.size <= 121);
  assert.ok(log.list.length <= 50);
});

test('many small files are told what to do, few or big ones are not', () => {
  const advice = adviceOf({ uri: 's3://b/we`ird', files: 8600, bytes: 8600 * 11_000 });

  assert.deepEqual([advice.command, advice.average, advice.ideal], ['OPTIMIZE delta.`s3://b/we``ird`', 11_000, 1]);
  assert.equal(adviceOf({ uri: 'x', files: 20, bytes: 20_000 }), null);
  assert.equal(adviceOf({ uri: 'x', files: 1000, bytes: 1000 * (200 << 20) }), null);
  assert.equal(adviceOf(undefined), null);
});
