/** What the page asks the live socket for, and when. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL, toggled } from '../../main/resources/webroot/js/filter.js';
import { Live } from '../../main/resources/webroot/js/live.js';

const WEB = toggled(ALL, 'channel', 'web');

/** A page on an open connection, with what it sent. */
function opened() {
  const sent = [];
  const live = new Live(
    (message) => sent.push(message),
    () => {},
  );
  live.opened();
  const answer = (version, events) =>
    live.message({ op: 'snapshot', id: sent.at(-1).id, epoch: 'e1', version, views: { totals: { events } } });
  return { live, sent, answer, take: () => sent.splice(0).map(({ op, filter, since }) => ({ op, filter, since })) };
}

const subscribe = (filter, since) => ({ op: 'subscribe', filter, since });
const unsubscribe = { op: 'unsubscribe', filter: undefined, since: undefined };

test('a new page asks for the whole table', () => {
  const { take } = opened();

  assert.deepEqual(take(), [subscribe(undefined, undefined)]);
});

test('a page that comes back says which version it has', () => {
  const { live, answer, take } = opened();
  answer(7, 100);
  take();

  live.closed();
  live.opened();

  assert.deepEqual(take(), [subscribe(undefined, { epoch: 'e1', version: 7 })]);
});

test('a hidden page follows nothing, and asks for the difference when it is looked at', () => {
  const { live, answer, take } = opened();
  answer(7, 100);
  take();

  live.hide(true);
  live.hide(false);

  assert.deepEqual(take(), [unsubscribe, subscribe(undefined, { epoch: 'e1', version: 7 })]);
});

test('a filter is a subscription beside the one to the whole table', () => {
  const { live, answer, take } = opened();
  answer(7, 100);
  take();

  live.setFilter(WEB);
  assert.deepEqual([live.waiting, live.shown.views.get('totals').events], [true, 100]);
  answer(8, 60);

  assert.deepEqual(take(), [subscribe({ channel: ['web'] }, undefined)]);
  assert.deepEqual([live.waiting, live.shown.views.get('totals').events], [false, 60]);
  assert.equal(live.whole.feed.version, 7);
});

test('without its filter the page shows the whole table at once', () => {
  const { live, answer, take } = opened();
  answer(7, 100);
  live.setFilter(WEB);
  answer(8, 60);
  take();

  live.setFilter(ALL);

  assert.deepEqual(take(), [unsubscribe]);
  assert.deepEqual([live.waiting, live.shown.views.get('totals').events], [false, 100]);
});

test('a paused page stays where it is, but still gets the first answer to a new filter', () => {
  const { live, answer, take } = opened();
  answer(7, 100);
  live.pause(true);
  take();

  live.setFilter(WEB);
  answer(9, 60);

  assert.deepEqual(take(), [subscribe({ channel: ['web'] }, undefined), unsubscribe]);
  assert.equal(live.shown.version, 9);
});

test('an answer to a filter that was changed since is not shown', () => {
  const { live, sent, answer } = opened();
  answer(7, 100);
  live.setFilter(WEB);
  const late = sent.at(-1).id;
  live.setFilter(toggled(ALL, 'channel', 'chat'));

  live.message({ op: 'snapshot', id: late, epoch: 'e1', version: 8, views: { totals: { events: 60 } } });

  assert.equal(live.waiting, true);
});

test('an update after a hole makes the page ask for everything', () => {
  const { live, sent, answer, take } = opened();
  answer(7, 100);
  const { id } = sent.at(-1);
  take();

  live.message({ op: 'update', id, from: 8, version: 9, views: {} });

  assert.deepEqual(take(), [unsubscribe, subscribe(undefined, undefined)]);
});

test('an answer that takes long tells how far it is, and is not asked for again', () => {
  const { live, answer, take } = opened();
  answer(7, 100);
  live.setFilter(WEB);
  take();
  live.message({ op: 'progress', id: live.part.id, files: 12, filesDone: 3 });

  assert.deepEqual(take(), []);
  assert.deepEqual([live.waiting, live.progress], [true, { files: 12, filesDone: 3 }]);

  live.message({ op: 'snapshot', id: live.part.id, epoch: 'e1', version: 7, views: { totals: { events: 60 } } });
  live.message({ op: 'progress', id: live.part.id, files: 12, filesDone: 5 });
  assert.deepEqual([live.waiting, live.progress, live.shown.version], [false, null, 7]);
});

test('a filter that was refused is not asked for again until the connection is new', () => {
  const { live, sent, answer, take } = opened();
  answer(7, 100);
  live.setFilter(WEB);
  live.message({ op: 'error', id: sent.at(-1).id, code: 'bad-filter', message: 'No.' });
  take();

  live.hide(true);
  live.hide(false);
  assert.deepEqual(
    take().filter(({ filter }) => filter),
    [],
  );
  assert.equal(live.error.message, 'No.');

  live.closed();
  live.opened();
  assert.equal(take().filter(({ filter }) => filter).length, 1);
});
