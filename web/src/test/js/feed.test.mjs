/** The reducer, as the page uses it. Run with `node --test`. SEED=<number> repeats a random history. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY, follows, otherOf, reduce } from '../../main/resources/webroot/js/feed.js';

const snapshot = (version, views) => ({
  op: 'snapshot',
  id: 's1',
  epoch: 'e1',
  version,
  committedAt: '2026-01-01T00:00:05Z',
  views,
});
const update = (from, version, views) => ({
  op: 'update',
  id: 's1',
  from,
  version,
  committedAt: '2026-01-01T00:00:06Z',
  views,
});

const page = {
  totals: { events: 5, noTime: 0, sessions: 2, values: { channel: 2 } },
  hourly: [{ hour: '2026-01-01T11:00:00Z', count: 5 }],
  channel: [
    { value: 'web', count: 3 },
    { value: '', count: 1 },
    { value: null, count: 1 },
  ],
  heatmap: [{ channel: 'web', type: 'message', count: 3 }],
};

test('a snapshot is everything that is known', () => {
  const feed = reduce(EMPTY, snapshot(7, page));

  assert.equal(feed.version, 7);
  assert.equal(feed.epoch, 'e1');
  assert.deepEqual(
    [...feed.views.get('channel')],
    [
      ['web', 3],
      ['', 1],
      [null, 1],
    ],
  );
  assert.deepEqual([...feed.views.get('hourly')], [[Date.UTC(2026, 0, 1, 11), 5]]);
  assert.equal(feed.views.get('totals').sessions, 2);
});

test('null and the empty text are two values', () => {
  const feed = reduce(reduce(EMPTY, snapshot(7, page)), update(7, 8, { channel: [{ value: null, count: 9 }] }));

  assert.equal(feed.views.get('channel').get(null), 9);
  assert.equal(feed.views.get('channel').get(''), 1);
});

test('a count of zero takes the group away', () => {
  const feed = reduce(
    reduce(EMPTY, snapshot(7, page)),
    update(7, 8, {
      channel: [{ value: 'web', count: 0 }],
      heatmap: [{ type: 'message', channel: 'web', count: 0 }],
      hourly: [{ hour: '2026-01-01T11:00:00Z', count: 0 }],
    }),
  );

  assert.deepEqual([...feed.views.get('channel').keys()], ['', null]);
  assert.equal(feed.views.get('heatmap').size, 0);
  assert.equal(feed.views.get('hourly').size, 0);
});

test('hours of odd years are hours like others', () => {
  const feed = reduce(
    EMPTY,
    snapshot(7, {
      hourly: ['+10000-01-01T00:00:00Z', '-0001-12-31T23:00:00Z', '9999-12-31T23:00:00Z'].map((hour) => ({
        hour,
        count: 1,
      })),
    }),
  );

  assert.deepEqual(
    [...feed.views.get('hourly').keys()].map((at) => new Date(at).getUTCFullYear()),
    [-1, 9999, 10_000],
  );
});

test('a view that an update does not name keeps its identity', () => {
  const before = reduce(EMPTY, snapshot(7, page));
  const after = reduce(before, update(7, 8, { channel: [{ value: 'web', count: 4 }] }));

  assert.equal(after.views.get('hourly'), before.views.get('hourly'));
  assert.notEqual(after.views.get('channel'), before.views.get('channel'));
});

test('a message leaves the feed before it as it was', () => {
  const before = reduce(EMPTY, snapshot(7, page));
  reduce(before, update(7, 8, { channel: [{ value: 'web', count: 0 }] }));

  assert.equal(before.version, 7);
  assert.equal(before.views.get('channel').get('web'), 3);
});

test('an update that is a repeat changes nothing', () => {
  const feed = reduce(EMPTY, snapshot(7, page));

  assert.equal(reduce(feed, update(6, 7, { channel: [{ value: 'web', count: 99 }] })), feed);
});

test('an update that reaches further back than the feed is applied', () => {
  const feed = reduce(reduce(EMPTY, snapshot(7, page)), update(3, 9, { channel: [{ value: 'web', count: 8 }] }));

  assert.equal(feed.version, 9);
  assert.equal(feed.views.get('channel').get('web'), 8);
});

test('an update after a hole does not follow, and changes nothing', () => {
  const feed = reduce(EMPTY, snapshot(7, page));
  const late = update(8, 9, { channel: [{ value: 'web', count: 8 }] });

  assert.equal(follows(feed, late), false);
  assert.equal(reduce(feed, late), feed);
});

test('no update follows before the first snapshot', () => {
  assert.equal(follows(EMPTY, update(-1, 0, {})), false);
  assert.equal(follows(EMPTY, snapshot(0, {})), true);
});

test('a snapshot of a new epoch replaces everything, though its version is lower', () => {
  const feed = reduce(reduce(EMPTY, snapshot(7, page)), { ...snapshot(1, { channel: [] }), epoch: 'e2' });

  assert.equal(feed.epoch, 'e2');
  assert.equal(feed.version, 1);
  assert.deepEqual([...feed.views.keys()], ['channel']);
  assert.equal(feed.views.get('channel').size, 0);
});

test('names that mean something to JavaScript are values like others', () => {
  const message = JSON.parse(
    '{"op":"snapshot","epoch":"e1","version":1,"views":{"__proto__":[{"value":"__proto__","count":2},{"value":"constructor","count":1}]}}',
  );

  const feed = reduce(EMPTY, message);

  assert.deepEqual(
    [...feed.views.get('__proto__')],
    [
      ['__proto__', 2],
      ['constructor', 1],
    ],
  );
  assert.equal({}.count, undefined);
});

test('whatever way updates are merged and repeated, the feed holds what the server holds', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const random = generator(seed);
  for (let round = 0; round < 200; round += 1) {
    const versions = history(random, 20);
    let feed = reduce(EMPTY, snapshot(0, { channel: rows(versions[0]) }));
    while (feed.version < versions.length - 1) {
      const from = Math.max(0, feed.version - Math.floor(random() * 3));
      const to = Math.min(versions.length - 1, feed.version + Math.floor(random() * 4));
      feed = reduce(feed, update(from, to, { channel: changes(versions, from, to) }));
      assert.deepEqual(sorted(feed.views.get('channel')), sorted(versions[feed.version]), `SEED=${seed}`);
    }
  }
});

/** Counts by value at each version; groups come, change and go. */
function history(random, length) {
  const versions = [new Map([['a', 1]])];
  for (let version = 1; version < length; version += 1) {
    const counts = new Map(versions[version - 1]);
    for (let i = 0; i < 3; i += 1) {
      const value = ['a', 'b', 'c', '', null, '0'][Math.floor(random() * 6)];
      const count = Math.floor(random() * 4);
      if (count === 0) counts.delete(value);
      else counts.set(value, count);
    }
    versions.push(counts);
  }
  return versions;
}

/** What the server says of these versions: new totals of every group that any of them touched. */
function changes(versions, from, to) {
  const touched = new Set();
  for (let version = from + 1; version <= to; version += 1) {
    for (const value of [...versions[version - 1].keys(), ...versions[version].keys()]) {
      if (versions[version - 1].get(value) !== versions[version].get(value)) touched.add(value);
    }
  }
  return [...touched].map((value) => ({ value, count: versions[to].get(value) ?? 0 }));
}

const rows = (counts) => [...counts].map(([value, count]) => ({ value, count }));
const sorted = (counts) => [...counts].map((pair) => JSON.stringify(pair)).sort();

function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('what is not listed of a view comes, changes and goes', () => {
  const some = reduce(EMPTY, snapshot(7, { ...page, other: { channel: 5, heatmap: 2 } }));
  const more = reduce(some, update(7, 8, { other: { channel: 6, hourly: 1 } }));
  const less = reduce(more, update(8, 9, { other: { channel: 0 } }));

  assert.equal(otherOf(some, 'channel'), 5);
  assert.deepEqual([otherOf(more, 'channel'), otherOf(more, 'heatmap'), otherOf(more, 'hourly')], [6, 2, 1]);
  assert.deepEqual([...less.views.get('other').keys()].sort(), ['heatmap', 'hourly']);
  assert.equal(otherOf(reduce(EMPTY, snapshot(7, page)), 'channel'), 0);
});
