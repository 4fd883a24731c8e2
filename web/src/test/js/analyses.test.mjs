/** Funnels and cohorts: the address, what is asked, what is shown of an answer. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cohortGrid, funnelRows } from '../../main/resources/webroot/js/analyses/results.js';
import { leftOutOf, noteOf, Run } from '../../main/resources/webroot/js/analyses/run.js';
import {
  cohortOf,
  cohortRequest,
  funnelOf,
  funnelRequest,
  moved,
  withFunnel,
  withOneMore,
  withoutStep,
} from '../../main/resources/webroot/js/analyses/settings.js';
import { eventsOf } from '../../main/resources/webroot/js/analyses/stream.js';
import { ALL, toggled, withDays } from '../../main/resources/webroot/js/filter.js';

const DIMENSIONS = ['channel', 'type'];
const VALUES = { type: [null, 'view', 'buy', ''], channel: ['web'] };
const values = (name) => VALUES[name] ?? [];

test('a funnel comes back from the address as it was put there, in order and with its repeats', () => {
  const funnel = { by: 'channel', steps: ['b', 'a&b=c', '', 'b', '__proto__'], within: 'PT30M' };

  const query = withFunnel('?open=analyses&channel=web', funnel);

  assert.deepEqual(funnelOf(query, DIMENSIONS, values), funnel);
  assert.equal(new URLSearchParams(query).get('channel'), 'web');
});

test('an address without a funnel has the usual one: the most frequent values of the types, and null is none', () => {
  assert.deepEqual(funnelOf('', DIMENSIONS, values), { by: 'type', steps: ['view', 'buy'], within: null });
  assert.deepEqual(funnelOf('?funnel.by=colour&funnel.step=one&funnel.within=x', ['a', 'b'], () => ['x']), {
    by: 'b',
    steps: ['x'],
    within: null,
  });
  assert.equal(funnelOf('', [], values).by, null);
});

test('steps are added, taken out and moved within their bounds', () => {
  assert.deepEqual(withOneMore(['view'], VALUES.type), ['view', 'buy']);
  assert.deepEqual(withOneMore(['view', 'buy', ''], VALUES.type), ['view', 'buy', '', '']);
  assert.equal(withOneMore(Array(10).fill('a'), ['b']).length, 10);
  assert.deepEqual(withoutStep(['a', 'b', 'c'], 1), ['a', 'c']);
  assert.deepEqual(withoutStep(['a', 'b'], 1), ['a', 'b']);
  assert.deepEqual(moved(['a', 'b', 'c'], 2, -1), ['a', 'c', 'b']);
  assert.deepEqual(moved(['a', 'b', 'c'], 0, -1), ['a', 'b', 'c']);
});

test('REST is asked with the filter of the page, but not that of the steps', () => {
  const filter = toggled(toggled(withDays(ALL, '2026-01-01', null), 'type', 'view'), 'channel', null);

  const path = funnelRequest({ by: 'type', steps: ['view', 'a&b'], within: 'PT5M' }, filter, DIMENSIONS);

  const [address, query] = path.split('?');
  assert.equal(address, 'api/v1/analyses/funnel');
  assert.deepEqual(
    [...new URLSearchParams(query)],
    [
      ['from', '2026-01-01'],
      ['null', 'channel'],
      ['by', 'type'],
      ['step', 'view'],
      ['step', 'a&b'],
      ['within', 'PT5M'],
    ],
  );
  assert.equal(
    cohortRequest(cohortOf('?cohort.unit=week&cohort.of=user_id'), ALL, DIMENSIONS),
    'api/v1/analyses/cohort?unit=week&of=user_id',
  );
  assert.deepEqual(cohortOf('?cohort.unit=year'), { unit: 'day', of: null });
});

test('each step has its share of the first and of the one before', () => {
  const steps = [8, 4, 1].map((sessions) => ({ value: 'x', sessions }));

  assert.deepEqual(
    funnelRows({ steps }).map(({ ofFirst, ofBefore }) => [ofFirst, ofBefore]),
    [
      [1, null],
      [0.5, 0.5],
      [0.125, 0.25],
    ],
  );
  assert.equal(funnelRows({ steps: [{ sessions: 0 }, { sessions: 0 }] })[1].ofFirst, null);
});

test('a table of cohorts holds the newest ones, and says what it does not hold', () => {
  const cohorts = [
    { first: '2026-01-01', counts: [10, 5, 1] },
    { first: '2026-01-02', counts: [0, 0] },
    { first: '2026-01-03', counts: [4] },
  ];

  const all = cohortGrid({ cohorts });
  assert.deepEqual(
    all.rows.map(({ cells }) => cells.map(({ share }) => share)),
    [[1, 0.5, 0.1], [null, null], [1]],
  );
  assert.deepEqual([all.max, all.columns, all.hiddenRows, all.hiddenColumns], [0.5, 3, 0, 0]);
  const few = cohortGrid({ cohorts }, 2);
  assert.deepEqual([few.rows[0].first, few.columns, few.hiddenRows], ['2026-01-02', 2, 1]);
  assert.deepEqual(cohortGrid({ cohorts: [] }).rows, []);
});

test('a stream is cut into events wherever it is cut into pieces', () => {
  const stream = ':\n\nevent: progress\ndata: {"files":3}\n\nevent: answer\ndata: {"version":7}\n\n';
  const heard = [];
  let rest = '';
  for (const piece of stream) {
    const cut = eventsOf(rest + piece);
    heard.push(...cut.events);
    rest = cut.rest;
  }

  assert.deepEqual(heard, [
    { name: 'progress', data: '{"files":3}' },
    { name: 'answer', data: '{"version":7}' },
  ]);
  assert.equal(rest, '');
});

test('of two runs only the last one is shown, and a stopped one leaves what was there', async () => {
  const asked = [];
  const run = new Run(
    (path, progressed, signal) => new Promise((done) => asked.push({ path, progressed, signal, done })),
    () => {},
  );
  run.start('a');
  const second = run.start('b');
  assert.ok(asked[0].signal.aborted);
  asked[0].progressed({ files: 9, filesDone: 9 });
  asked[1].progressed({ files: 4, filesDone: 1 });
  assert.deepEqual(run.progress, { files: 4, filesDone: 1 });
  asked[0].done({ answer: { version: 1 } });
  asked[1].done({ answer: { version: 2 } });
  await second;
  assert.deepEqual([run.path, run.answer, run.running], ['b', { version: 2 }, false]);

  run.start('c');
  run.stop();
  assert.deepEqual([run.path, run.answer, run.running], ['b', { version: 2 }, false]);
});

test('an answer says its version, and when it is not that of the page any more', () => {
  const run = { path: 'a', answer: { version: 7, epoch: 'e' } };

  assert.equal(noteOf(run, 'a', { version: 7, epoch: 'e' }), 'At version 7, the newest.');
  assert.match(noteOf(run, 'a', { version: 9, epoch: 'e' }), /^At version 7\. A newer version is there: run again/);
  assert.match(noteOf(run, 'a', { version: 2, epoch: 'other' }), /newer version/);
  assert.match(noteOf(run, 'b', { version: 7, epoch: 'e' }), /another selection/);
  assert.equal(noteOf({ path: null, answer: null }, 'a', {}), '');
  assert.equal(leftOutOf({ leftOut: { noSession: 2, noTime: 1 } }), 'Left out: 2 rows without a session, 1 row without a time.');
  assert.equal(leftOutOf({ leftOut: { noId: 0, noTime: 0 } }), '');
});
