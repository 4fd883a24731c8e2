/** Filters, in the address and on the socket. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ALL,
  fromQuery,
  isAll,
  keyOf,
  toMessage,
  toQuery,
  toggled,
  withDays,
} from '../../main/resources/webroot/js/filter.js';

const DIMENSIONS = ['channel', 'type'];

test('a filter comes back from the address as it was put there', () => {
  let filter = withDays(ALL, '2026-01-01', '2026-01-02');
  for (const value of ['web', '', null, 'a&b=c', 'ü']) filter = toggled(filter, 'channel', value);

  const query = toQuery(filter, '?top.type=5', DIMENSIONS);

  assert.equal(keyOf(fromQuery(query, DIMENSIONS)), keyOf(filter));
  assert.equal(new URLSearchParams(query).get('top.type'), '5');
});

test('the socket is asked with the names of REST', () => {
  const filter = toggled(
    toggled(toggled(withDays(ALL, '2026-01-01', null), 'channel', ''), 'channel', null),
    'type',
    null,
  );

  assert.deepEqual(toMessage(filter), { from: '2026-01-01', channel: [''], null: ['channel', 'type'] });
});

test('a value is switched on, then off, and no value means all', () => {
  const on = toggled(ALL, 'type', 'message');

  assert.equal(isAll(on), false);
  assert.equal(isAll(toggled(on, 'type', 'message')), true);
  assert.equal(isAll(ALL), true);
});

test('days that are the wrong way round are swapped, and what is no day is left open', () => {
  assert.deepEqual(withDays(ALL, '2026-02-01', '2026-01-01').from, '2026-01-01');
  assert.equal(isAll(withDays(ALL, 'yesterday', '2026-13-45')), true);
});

test('parameters that name no dimension are not part of the filter', () => {
  assert.equal(isAll(fromQuery('?utm_source=x&null=nothing', DIMENSIONS)), true);
});

test('filters that accept the same rows have the same key, and null is not the text null', () => {
  const one = toggled(toggled(ALL, 'channel', 'a'), 'channel', 'b');
  const other = toggled(toggled(ALL, 'channel', 'b'), 'channel', 'a');

  assert.equal(keyOf(one), keyOf(other));
  assert.notEqual(keyOf(toggled(ALL, 'channel', null)), keyOf(toggled(ALL, 'channel', 'null')));
});
