/** What the page does when the service asks it to wait. Run with `node --test`. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import * as api from '../../main/resources/webroot/js/api.js';
import { Run } from '../../main/resources/webroot/js/analyses/run.js';
import { EMPTY } from '../../main/resources/webroot/js/feed.js';
import { banners, face } from '../../main/resources/webroot/js/health.js';
import { Patience, untilAnswered, waitOf } from '../../main/resources/webroot/js/patience.js';
import { RowFeed } from '../../main/resources/webroot/js/rowfeed.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');

test('the time to wait is given in seconds or as a date, and never for ever', () => {
  assert.equal(waitOf('12', NOW), 12_000);
  assert.equal(waitOf('Thu, 01 Jan 2026 00:00:30 GMT', NOW), 30_000);
  assert.equal(waitOf('Wed, 31 Dec 2025 00:00:00 GMT', NOW), 500);
  assert.equal(waitOf('0', NOW), 500);
  assert.equal(waitOf('99999999', NOW), 3_600_000);
  for (const none of [null, '', 'soon', '-1']) assert.equal(waitOf(none, NOW), null, none);
});

function patient() {
  let now = NOW;
  const told = [];
  const patience = new Patience(() => told.push(patience.left), () => now, () => 0.5);
  return { patience, told, later: (milliseconds) => (now += milliseconds) };
}

test('a refusal of the client or the service holds everything back, a little longer than it says', () => {
  for (const code of ['too-many-requests', 'busy', 'too-many-connections', null]) {
    const { patience, told, later } = patient();
    assert.equal(patience.refused(code, '10'), 11_000);
    assert.deepEqual([patience.left, patience.long, told], [11_000, true, [11_000]]);
    later(11_000);
    assert.deepEqual([patience.left, patience.long], [0, false]);
  }
});

test('a refusal of one thing holds nothing else back, and without a time nothing at all', () => {
  const { patience } = patient();
  assert.equal(patience.refused('too-many-scans', '1'), 1100);
  assert.equal(patience.refused('not-ready', '1'), 1100);
  assert.equal(patience.refused('lost', null), null);
  assert.equal(patience.left, 0);
});

test('the longest time holds, and short ones are not worth a word', () => {
  const { patience } = patient();
  patience.refused('busy', '1');
  assert.equal(patience.long, false);
  patience.refused('too-many-requests', '20');
  patience.refused('busy', '1');
  assert.equal(patience.left, 22_000);
});

test('what was asked for by hand is asked again by itself, until it is given up', async () => {
  const waits = [];
  const answers = [{ error: 'full', wait: 1000 }, { error: 'full', wait: 2000 }, { answer: 7 }];
  const outcome = await untilAnswered(async () => answers.shift(), (wait) => waits.push(wait), undefined, async () => {});
  assert.deepEqual([outcome, waits], [{ answer: 7 }, [1000, 2000]]);

  const stop = new AbortController();
  let asked = 0;
  const ended = await untilAnswered(
    async () => ((asked += 1), { error: 'full', wait: 60_000 }),
    () => stop.abort(),
    stop.signal,
  );
  assert.deepEqual([ended, asked], [{}, 1]);

  asked = 0;
  const refused = await untilAnswered(async () => ((asked += 1), { error: 'full', wait: 1 }), () => {}, undefined, async () => {});
  assert.deepEqual([refused.error, asked], ['full', 20]);
});

test('an analysis that finds no room says that it waits, and begins when there is some', async () => {
  const seen = [];
  const answers = [{ error: 'Too many scans at once.', wait: 1000 }, { answer: { version: 3 } }];
  const run = new Run(async () => answers.shift(), () => seen.push([run.running, run.progress?.waiting === true]), async () => {});
  await run.start('api/v1/analyses/funnel');
  assert.deepEqual(seen, [[true, false], [true, true], [false, true]]);
  assert.deepEqual([run.answer, run.error], [{ version: 3 }, null]);
});

test('rows are asked for again when the time has passed, not before and not much later', async () => {
  let now = 0;
  const asked = [];
  const answers = [{ error: 'busy', wait: 12_000 }, { page: { rows: [], version: 1, epoch: 'e', cursor: null } }];
  const feed = new RowFeed(async () => (asked.push(now), answers.shift()), () => {}, () => now);
  await feed.follow('', 1, 'e');
  assert.equal(feed.error, 'busy');
  for (now = 1000; now <= 13_000; now += 1000) await feed.follow('', 1, 'e');
  assert.deepEqual(asked, [0, 12_000]);
  assert.equal(feed.error, null);
});

test('while the service wants to be left alone, nothing goes out, and then everything again', async () => {
  const refusals = [
    [429, { type: '/problems/too-many-requests', title: 'Too many requests', detail: 'Wait.' }, '1'],
    [200, { version: 3 }, null],
  ];
  let asked = 0;
  const server = createServer((request, response) => {
    const [status, body, wait] = refusals[asked++];
    response.writeHead(status, { 'content-type': 'application/json', ...(wait && { 'retry-after': wait }) });
    response.end(JSON.stringify(body));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const real = globalThis.fetch;
  globalThis.fetch = (path, request) => real(`http://127.0.0.1:${server.address().port}/${path}`, request);
  let told = 0;
  api.whenAskedToWait(() => (told += 1));
  try {
    const first = await api.events('', 100, null);
    assert.equal(first.error, 'Too many requests. Wait.');
    assert.ok(first.wait >= 1000);
    assert.equal(await api.status(), null);
    assert.match((await api.events('', 100, null)).error, /asked again by itself/);
    assert.deepEqual([asked, told], [1, 1]);
    await new Promise((done) => setTimeout(done, api.patience.left + 5));
    assert.deepEqual([await api.status(), asked], [{ version: 3 }, 2]);
  } finally {
    globalThis.fetch = real;
    server.close();
    server.closeAllConnections();
  }
});

function model(changes) {
  const feed = changes.feed ?? EMPTY;
  const connection = { state: 'closed', retryAt: NOW + 12_000, full: false };
  return { connection, paused: false, status: null, statusAt: NOW, denied: false, error: null, feed, whole: feed, held: 0, ...changes };
}

const SERVED = { epoch: 'e', version: 3, committedAt: null, views: new Map([['totals', { events: 5 }]]) };
const live = { state: 'live', version: 3, logVersion: 3, lag: 0 };

test('a page that has to wait before it has any numbers says so instead of that nobody is there', () => {
  assert.equal(face(model({})).title, 'Tidemark cannot be reached');
  assert.equal(face(model({ held: 12_000 })).title, 'The service is busy');
  const { text } = face(model({ connection: { state: 'closed', retryAt: NOW + 9000, full: true } }));
  assert.equal(text, 'The service has as many pages open as it may.');
});

test('over numbers it is said quietly while they go on, and until when if they do not', () => {
  const open = { state: 'open', retryAt: null, full: false };
  const [quiet, ...none] = banners(model({ feed: SERVED, status: live, connection: open, held: 11_400 }), NOW);
  assert.deepEqual([quiet.tone, quiet.title, none], ['idle', 'The service is busy', []]);
  assert.equal(quiet.text, 'It asks this page to wait 12s before it asks for anything else. The live numbers go on.');
  const [cut] = banners(model({ feed: SERVED, status: live, held: 12_000 }), NOW);
  assert.match(cut.text, /^The service asks to wait\. Next try in 12s\. The numbers stay at version 3 /);
});
