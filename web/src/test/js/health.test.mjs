import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY } from '../../main/resources/webroot/js/feed.js';
import { banners, face, facts, freshness, health } from '../../main/resources/webroot/js/health.js';

const NOW = Date.parse('2026-01-01T00:10:00Z');
const open = { state: 'open', retryAt: null };
const closed = { state: 'closed', retryAt: NOW + 3000 };
const table = { uri: 's3://bucket/events' };

function model(changes = {}) {
  const feed = changes.feed ?? EMPTY;
  return {
    connection: open,
    paused: false,
    status: null,
    statusAt: NOW,
    denied: false,
    error: null,
    feed,
    whole: feed,
    ...changes,
  };
}

function feedOf(version, events) {
  return {
    epoch: 'e',
    version,
    committedAt: '2026-01-01T00:00:00Z',
    views: new Map([['totals', { events }]]),
  };
}

test('while nothing is known yet, the page connects', () => {
  assert.equal(face(model()).kind, 'connecting');
  assert.equal(face(model({ connection: closed })).kind, 'unreachable');
});

test('a service that has not looked yet does not say that there is no table', () => {
  const { title, address } = face(model({ status: { state: 'waiting', reason: null, version: -1, table } }));
  assert.equal(title, 'Looking for the table');
  assert.equal(address, 's3://bucket/events');
});

test('a table that is not there is waited for, and the address has a line of its own', () => {
  const reason = '[s3://bucket/events] nothing is there yet; waiting for a Delta table';
  const { kind, text, address } = face(model({ status: { state: 'waiting', reason, version: -1, table } }));
  assert.equal(kind, 'waiting');
  assert.equal(text, 'Nothing is there yet; waiting for a Delta table.');
  assert.equal(address, 's3://bucket/events');
});

test('a table that was never reached is not stale: there are no numbers that could be', () => {
  const reason = '[s3://bucket/events] The object store cannot be reached: connection refused.';
  const shown = model({ status: { state: 'stale', reason, version: -1, table } });
  const { kind, title, text, hint } = face(shown);
  assert.equal(kind, 'failed');
  assert.equal(title, 'The table cannot be read');
  assert.equal(text, 'The object store cannot be reached: connection refused.');
  assert.match(hint, /starts by itself/);
  assert.deepEqual(health(shown), { tone: 'bad', label: 'Not readable' });
});

test('what is served already does not look broken while its numbers are on their way', () => {
  for (const state of ['live', 'stale', 'failed', 'catching-up'])
    assert.equal(face(model({ status: { state, reason: 'why', version: 3, table } })).kind, 'connecting');
});

test('a first load shows how far it is', () => {
  const progress = { files: 200, filesDone: 50, rowsPerSecond: 1_500_000 };
  const { kind, progress: shown } = face(model({ status: { state: 'bootstrapping', version: -1, progress, table } }));
  assert.equal(kind, 'loading');
  assert.equal(shown.value, 0.25);
  assert.equal(shown.text, '50 of 200 files at 1.5M rows a second');
});

test('a first load whose files are not known yet has no share', () => {
  const { progress } = face(model({ status: { state: 'bootstrapping', version: -1, progress: null, table } }));
  assert.equal(progress.value, null);
});

test('a table without rows has a face of its own, and one with rows has none', () => {
  assert.equal(face(model({ feed: feedOf(3, 0), status: { state: 'live', version: 3 } })).kind, 'empty');
  assert.equal(face(model({ feed: feedOf(3, 5), status: { state: 'live', version: 3 } })), null);
});

test('numbers stay when the service stops before a version, with the reason and the age over them', () => {
  const status = { state: 'stale', reason: 'why', version: 3, freshnessSeconds: 120, logVersion: 4 };
  const shown = model({ feed: feedOf(3, 5), status });
  assert.equal(face(shown), null);
  const [banner] = banners(shown, NOW);
  assert.equal(banner.title, 'Stale: the numbers are of version 3, 2m behind');
  assert.equal(banner.text, 'Why.');
  assert.deepEqual(health(shown), { tone: 'warn', label: 'Stale' });
});

test('a cut connection says until when the numbers stay, and comes before all else', () => {
  const shown = model({ connection: closed, feed: feedOf(3, 5), status: { state: 'live', version: 3 } });
  assert.deepEqual(health(shown), { tone: 'bad', label: 'Disconnected' });
  const [banner] = banners(shown, NOW);
  assert.equal(banner.text, 'Next try in 3s. The numbers stay at version 3 until the connection is back.');
  assert.equal(banner.retry, true);
});

test('a paused page says how many versions there are to see', () => {
  const shown = model({ paused: true, feed: feedOf(3, 5), status: { state: 'live', version: 7 } });
  assert.deepEqual(health(shown), { tone: 'idle', label: 'Paused' });
  assert.equal(banners(shown, NOW)[0].text, '4 newer versions to see.');
});

test('freshness grows while the service is silent or stale, and lag is never below zero', () => {
  assert.equal(freshness({ status: { state: 'live', freshnessSeconds: 1 }, statusAt: NOW - 5000 }, NOW), 1);
  assert.equal(freshness({ status: { state: 'live', freshnessSeconds: 1 }, statusAt: NOW - 20_000 }, NOW), 21);
  assert.equal(freshness({ status: { state: 'stale', freshnessSeconds: 1 }, statusAt: NOW - 5000 }, NOW), 6);
  assert.equal(freshness({ status: null, statusAt: 0 }, NOW), null);
  const [, lag] = facts(model({ feed: feedOf(9, 5), status: { state: 'live', lag: 0, logVersion: 8, version: 8 } }), NOW);
  assert.deepEqual(lag.slice(0, 2), ['Lag', '0']);
});
