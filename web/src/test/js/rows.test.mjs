/** Event rows: what is shown of them, and when they are asked for. Run with `node --test`. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { events, sentenceOf } from '../../main/resources/webroot/js/api.js';
import { RowFeed } from '../../main/resources/webroot/js/rowfeed.js';
import {
  MOST,
  NO_ROWS,
  appended,
  cellOf,
  columnsToShow,
  countNew,
  exactJson,
  keyed,
  parsePage,
  readingOf,
  wantedOf,
} from '../../main/resources/webroot/js/rows.js';

const page = (rows, version = 1, cursor = null) => ({ rows: keyed(rows), version, epoch: 'e', cursor });
const rows = (from, to) => Array.from({ length: to - from }, (_, i) => ({ n: from + i }));

test('equal rows are as many as they are', () => {
  const shown = page([{ a: 1 }, { a: 1 }]);

  assert.equal(new Set(shown.rows.map(({ key }) => key)).size, 2);
  assert.equal(countNew(shown, page([{ a: 1 }, { a: 1 }, { a: 1 }])), 1);
  assert.equal(countNew(shown, page([{ a: 1 }])), 0);
});

test('more rows go to the end, up to as many as a page can hold', () => {
  const two = appended(page(rows(0, 100), 1, 'c1'), page(rows(100, 200), 2, 'c2'));
  const full = appended(page(rows(0, MOST - 10), 1, 'c1'), page(rows(MOST, MOST + 100), 1, 'c2'));

  assert.deepEqual([two.rows.length, two.cursor, two.version, wantedOf(two)], [200, 'c2', 1, 200]);
  assert.deepEqual([full.rows.length, full.cursor, wantedOf(full), wantedOf(NO_ROWS)], [MOST, null, MOST, 100]);
});

test('numbers keep all their digits', { skip: !hasSource() && 'this Node cannot tell how a number was written' }, () => {
  const { a, b, c, d, e } = exactJson('{"a":9007199254740993,"b":12,"c":0.1,"d":12345678901234567890.123,"e":-0.5}');

  assert.deepEqual([a, b, c, d, e], ['9007199254740993', 12, 0.1, '12345678901234567890.123', -0.5]);
});

function hasSource() {
  let found = false;
  JSON.parse('1', (key, value, context) => (found = context?.source !== undefined));
  return found;
}

test('columns that are called like parts of JavaScript are columns', () => {
  const { rows: read } = parsePage('{"version":1,"epoch":"e","events":[{"__proto__":"x","toString":null}],"cursor":null}');

  assert.deepEqual(
    ['__proto__', 'toString', 'constructor'].map((name) => cellOf(read[0].event, name)),
    ['x', null, null],
  );
});

test('time, dimensions and session are the usual columns, and the user chooses others', () => {
  const schema = {
    columns: ['Timestamp', 'channel', 'event_type', 'session_id', 'metadata'].map((name) => ({ name })),
    timeColumn: 'timestamp',
    distinctColumn: 'session_id',
    dimensions: [
      { name: 'channel', column: 'channel' },
      { name: 'type', column: 'event_type' },
    ],
  };

  assert.deepEqual(columnsToShow(schema, null, []), ['Timestamp', 'channel', 'event_type', 'session_id']);
  assert.deepEqual(columnsToShow(schema, ['metadata', 'gone'], []), ['metadata']);
  assert.deepEqual(columnsToShow(null, null, keyed([{ a: 1, b: 2 }])), ['a', 'b']);
});

test('a text that is JSON is a tree; what only looks like it, and markup, is text', () => {
  assert.deepEqual(readingOf('{"a":[1,{"b":null}]}'), { kind: 'tree', value: { a: [1, { b: null }] } });
  assert.equal(readingOf('{broken').kind, 'text');
  assert.equal(readingOf('<img src=x onerror=alert(1)>').kind, 'text');
  assert.equal(readingOf('12').kind, 'text');
  assert.equal(readingOf('2026-11-22T20:26:10.435760Z').kind, 'time');
  assert.deepEqual([readingOf(null).kind, readingOf('').kind, readingOf(0).value], ['blank', 'blank', '0']);
});

/** A row feed beside answers that are given by hand, and a clock that stands still. */
function feedWith() {
  const asked = [];
  const clock = { now: 0 };
  const ask = (...args) => new Promise((resolve) => asked.push({ args, resolve }));
  const feed = new RowFeed(ask, () => {}, () => clock.now);
  return { feed, asked, clock };
}

test('rows are asked for once while an answer is awaited, and not again for the same version', async () => {
  const { feed, asked, clock } = feedWith();

  const first = feed.follow('channel=web', 1, 'e');
  feed.follow('channel=web', 2, 'e');
  assert.deepEqual(asked.map(({ args }) => args), [['channel=web', 100, null]]);
  asked[0].resolve({ page: page(rows(0, 3), 2) });
  await first;
  clock.now += 100_000;

  assert.equal(feed.follow('channel=web', 2, 'e'), undefined);
  assert.equal(feed.latest.rows.length, 3);
});

test('after an answer that took long there is a long pause, whatever the rate of commits', async () => {
  const { feed, asked, clock } = feedWith();
  const first = feed.follow('channel=web', 1, 'e');
  clock.now = 2000;
  asked[0].resolve({ page: page([], 1) });
  await first;

  clock.now = 10_000;
  feed.follow('channel=web', 2, 'e');
  assert.equal(asked.length, 1);
  clock.now = 18_001;
  feed.follow('channel=web', 2, 'e');
  assert.equal(asked.length, 2);
});

test('the newest rows of all, which the server keeps, are asked for soon again', async () => {
  const { feed, asked, clock } = feedWith();
  const first = feed.follow('', 1, 'e');
  clock.now = 20;
  asked[0].resolve({ page: page(rows(0, 100), 1, 'c') });
  await first;

  clock.now = 219;
  feed.follow('', 2, 'e');
  assert.equal(asked.length, 1);
  clock.now = 220;
  feed.follow('', 2, 'e');
  assert.equal(asked.length, 2);
});

test('a further page is read from files, so the pause after it is as long as ever', async () => {
  const { feed, asked, clock } = feedWith();
  const first = feed.follow('', 1, 'e');
  asked[0].resolve({ page: page(rows(0, 100), 1, 'c') });
  await first;
  const more = feed.more();
  asked[1].resolve({ page: page(rows(100, 200), 1, 'd') });
  await more;

  clock.now = 999;
  feed.follow('', 2, 'e');
  assert.equal(asked.length, 2);
  clock.now = 1000;
  feed.follow('', 2, 'e');
  assert.equal(asked.length, 3);
});

test('an answer to a filter that is no longer set is not shown', async () => {
  const { feed, asked } = feedWith();
  const first = feed.follow('channel=web', 1, 'e');
  const second = feed.follow('channel=chat', 1, 'e');
  asked[1].resolve({ page: page(rows(0, 2)) });
  await second;
  asked[0].resolve({ page: page(rows(0, 9)) });
  await first;

  assert.equal(feed.latest.rows.length, 2);
});

test('a refusal is told, and the rows from before stay', async () => {
  const { feed, asked, clock } = feedWith();
  const first = feed.follow('', 1, 'e');
  asked[0].resolve({ page: page(rows(0, 2)) });
  await first;
  clock.now = 100_000;
  const second = feed.follow('', 2, 'e');
  asked[1].resolve({ error: 'Too many scans at once.' });
  await second;

  assert.deepEqual([feed.error, feed.latest.rows.length], ['Too many scans at once.', 2]);
});

test('a table that came back as another is asked again', async () => {
  const { feed, asked, clock } = feedWith();
  const first = feed.follow('', 7, 'e');
  asked[0].resolve({ page: page(rows(0, 2), 7) });
  await first;
  clock.now = 100_000;

  feed.follow('', 1, 'another');
  assert.equal(asked.length, 2);
});

test('over HTTP: filter, limit and cursor are asked for, and a problem becomes a sentence', async (context) => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url.includes('cursor')) {
      response.statusCode = 409;
      return response.end('{"title":"The table cannot be read as asked","detail":"A file is gone."}');
    }
    return response.end('{"version":4,"epoch":"e","events":[{"a":1}],"cursor":"next"}');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  context.after(() => server.close());
  const real = globalThis.fetch;
  context.after(() => (globalThis.fetch = real));
  globalThis.fetch = (path, options) => real(`http://127.0.0.1:${server.address().port}/${path}`, options);

  const { page: read } = await events('channel=&null=type', 100, null);
  const { error } = await events('', undefined, read.cursor);

  assert.deepEqual([read.version, read.rows.length, read.cursor], [4, 1, 'next']);
  assert.equal(error, 'The table cannot be read as asked. A file is gone.');
  assert.deepEqual(asked, ['/api/v1/events?channel=&null=type&limit=100', '/api/v1/events?cursor=next']);
  assert.equal(sentenceOf('<html>', 502), 'The service answered with 502.');
});
