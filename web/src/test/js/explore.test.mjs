/** What a click does, what is kept under a name, and what the address says. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ALL,
  fromQuery,
  isAll,
  keyOf,
  rangeOf,
  toMessage,
  toQuery,
  toggled,
  withRange,
} from '../../main/resources/webroot/js/filter.js';
import { Live } from '../../main/resources/webroot/js/live.js';
import { Presets } from '../../main/resources/webroot/js/presets.js';
import {
  columnsOf,
  comparisonOf,
  embeddedOf,
  grainOf,
  isOpen,
  withOpen,
  withSetting,
  zoneOf,
} from '../../main/resources/webroot/js/settings.js';

const HOUR = 3_600_000;
const at = (text) => Date.parse(text);

test('whole days are written as days, hours as instants, and both come back from the address', () => {
  const days = withRange(ALL, at('2026-01-01T00:00:00Z'), at('2026-01-03T00:00:00Z'));
  const hours = withRange(ALL, at('2026-01-01T05:00:00Z'), at('2026-01-01T06:00:00Z'));

  assert.deepEqual(toMessage(days), { from: '2026-01-01', to: '2026-01-02' });
  assert.deepEqual(toMessage(hours), { from: '2026-01-01T05:00:00Z', to: '2026-01-01T06:00:00Z' });
  for (const filter of [days, hours, withRange(ALL, null, at('2026-01-01T05:00:00Z'))])
    assert.equal(keyOf(fromQuery(toQuery(filter, '', []), [])), keyOf(filter));
});

test('a range is from its first instant until before its last, whichever way it is written', () => {
  for (const [start, end] of [
    ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['2026-01-01T05:00:00Z', '2026-01-01T06:00:00Z'],
    ['1969-12-31T23:00:00Z', '1970-01-01T00:00:00Z'],
    ['-000001-12-31T23:00:00Z', '+010000-01-01T00:00:00Z'],
  ])
    assert.deepEqual(rangeOf(withRange(ALL, at(start), at(end))), { start: at(start), end: at(end) });
  assert.deepEqual(rangeOf(ALL), { start: -Infinity, end: Infinity });
});

test('what is no time in the address is left out', () => {
  assert.equal(isAll(fromQuery('?from=2026-13-01T00:00:00Z&to=now', [])), true);
  assert.equal(isAll(fromQuery('?from=%3Cscript%3E', [])), true);
});

test('settings that are not known are the usual ones', () => {
  assert.deepEqual([grainOf('?grain=century'), comparisonOf('?compare=x'), zoneOf('?zone=Middle/Earth')], [
    'hour',
    null,
    'UTC',
  ]);
  assert.deepEqual([grainOf('?grain=week'), comparisonOf('?compare=week'), zoneOf('?zone=Asia/Tokyo')], [
    'week',
    'week',
    'Asia/Tokyo',
  ]);
  assert.deepEqual([columnsOf('?columns=a&columns=b%26c'), columnsOf('')], [['a', 'b&c'], null]);
  assert.deepEqual([embeddedOf('?view=hourly&embed'), embeddedOf('?view=hourly')], ['hourly', null]);
});

test('parts are opened and closed in the address, one beside the other', () => {
  const both = withOpen(withOpen('?grain=day', 'a', true), 'b', true);

  assert.deepEqual([isOpen(both, 'a'), isOpen(both, 'b'), isOpen(withOpen(both, 'a', false), 'a')], [true, true, false]);
  assert.equal(withOpen(withOpen(both, 'a', false), 'b', false), 'grain=day');
  assert.equal(withSetting('columns=x&columns=y', 'columns', null), '');
});

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
}

test('a view is kept under its name, for this table, and without what passes', () => {
  const store = storage();
  new Presets(store, '/t/a/').add(' Mine ', '?channel=web&rows=x&embed');

  assert.deepEqual(new Presets(store, '/t/a/').list, [{ name: 'Mine', query: 'channel=web' }]);
  assert.deepEqual(new Presets(store, '/t/b/').list, []);
});

test('a view of the same name is replaced, and one can be taken away', () => {
  const presets = new Presets(storage(), '/');
  for (const query of ['a=1', 'a=2']) presets.add('<b>x</b>', query);
  presets.add('  ', 'a=3');

  assert.deepEqual(presets.list, [{ name: '<b>x</b>', query: 'a=2' }]);
  presets.remove('<b>x</b>');
  assert.deepEqual(presets.list, []);
});

test('a storage that is broken, full or forbidden keeps nothing, and nothing fails', () => {
  const full = {
    getItem: () => '{"not":"a list"}',
    setItem() {
      throw new Error('full');
    },
  };
  for (const store of [null, full]) {
    const presets = new Presets(store, '/');
    presets.add('x', '');
    assert.equal(presets.list.length, 1);
  }
  assert.equal(Array.from({ length: 99 }, (_, i) => i).reduce((p, i) => (p.add(`${i}`, ''), p), new Presets(null, '/')).list.length, 50);
});

test('the hours around a range are followed while they are compared with, and nothing but the hours', () => {
  const sent = [];
  const live = new Live(
    (message) => sent.push(message),
    () => {},
  );
  live.opened();
  const web = toggled(ALL, 'channel', 'web');
  sent.length = 0;

  live.setAround(web);
  live.setAround(toggled(ALL, 'channel', 'web'));
  assert.deepEqual(sent.map(({ op, views, filter }) => [op, views, filter]), [
    ['subscribe', ['hourly'], { channel: ['web'] }],
  ]);
  live.message({ op: 'snapshot', id: sent[0].id, epoch: 'e', version: 1, views: { hourly: [{ hour: '1970-01-01T01:00:00Z', count: 4 }] } });
  assert.deepEqual([...live.around.feed.views.get('hourly')], [[HOUR, 4]]);

  live.setAround(null);
  assert.equal(sent.at(-1).op, 'unsubscribe');
});
