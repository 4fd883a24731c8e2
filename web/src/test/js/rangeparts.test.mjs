/** A range of time as fields of days and times. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL, rangeOf, withRange } from '../../main/resources/webroot/js/filter.js';
import { partsOf, rangeOfParts } from '../../main/resources/webroot/js/rangeparts.js';

const parts = (fromDay, fromTime, toDay, toTime) => ({ fromDay, fromTime, toDay, toTime });

test('whole days have no times, and the last day is included', () => {
  assert.deepEqual(partsOf({ from: '2026-01-01', to: '2026-01-02' }), parts('2026-01-01', '', '2026-01-02', ''));
  assert.deepEqual(rangeOfParts(parts('2026-01-01', '', '2026-01-02', '')), {
    start: Date.parse('2026-01-01'),
    end: Date.parse('2026-01-03'),
  });
  assert.deepEqual(rangeOfParts(parts('', '', '', '')), { start: null, end: null });
});

test('a range within hours comes back as it was chosen', () => {
  const chosen = parts('2026-01-01', '10:20', '2026-01-02', '12:45:30');
  const { start, end } = rangeOfParts(chosen);
  const filter = withRange(ALL, start, end);

  assert.deepEqual([filter.from, filter.to], ['2026-01-01T10:20:00Z', '2026-01-02T12:45:30Z']);
  assert.deepEqual(partsOf(filter), chosen);
  assert.deepEqual(rangeOf(filter), { start, end });
});

test('one end may be within a day and the other not', () => {
  const { start, end } = rangeOfParts(parts('2026-01-01', '10:20', '2026-01-02', ''));
  const filter = withRange(ALL, start, end);

  assert.deepEqual(rangeOf(filter), { start, end: Date.parse('2026-01-03') });
  assert.deepEqual(partsOf(filter), parts('2026-01-01', '10:20', '2026-01-02', ''));
  assert.equal(withRange(ALL, ...Object.values(rangeOfParts(parts('2026-01-01', '00:00', '2026-01-02', '')))).from, '2026-01-01');
});

test('days are put in order, and what ends before it begins is no range', () => {
  assert.equal(rangeOfParts(parts('2026-01-03', '', '2026-01-01', '')).start, Date.parse('2026-01-01'));
  assert.equal(rangeOfParts(parts('2026-01-01', '10:00', '2026-01-01', '10:00')), null);
  assert.equal(rangeOfParts(parts('2026-01-01', '10:00', '2026-01-01', '09:00')), null);
});
