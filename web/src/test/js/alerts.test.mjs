/** Alerts: what is known of them, in words, and as a form has them. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  definitionOf,
  filterFor,
  filterWords,
  firing,
  formOf,
  inOrder,
  listed,
  rule,
  told,
  words,
} from '../../main/resources/webroot/js/alerts.js';

const ALERT = {
  name: 'few',
  kind: 'value',
  of: 'events',
  filter: {},
  below: 10,
  clear: 12,
  forSeconds: 0,
  state: 'ok',
  since: '2026-01-01T12:00:00Z',
  sinceVersion: 3,
  value: 20,
  version: 4,
  epoch: 'e',
  at: '2026-01-01T12:00:05Z',
  message: '',
};
const FIRING = { ...ALERT, name: 'a', state: 'firing', value: 7 };

test('the newest of each alert is known, those that fire first', () => {
  let known = told(new Map(), { op: 'alert', ...ALERT }, 1);
  known = told(known, { op: 'alert', ...ALERT, name: 'b' }, 1);
  known = told(known, { op: 'alert', ...ALERT, name: 'z', state: 'firing' }, 1);
  assert.deepEqual(
    inOrder(known).map(({ name }) => name),
    ['z', 'b', 'few'],
  );
  assert.equal(firing(known).length, 1);
  known = told(known, { op: 'alert', name: 'z', state: 'deleted' }, 1);
  assert.deepEqual([...known.keys()].sort(), ['b', 'few']);
  assert.equal(known.get('few').op, undefined);
});

test('a list takes the place of what was known before the connection, not of what was told since', () => {
  let known = told(new Map(), { ...ALERT, name: 'gone' }, 1);
  known = told(known, { ...FIRING, name: 'turned', at: '2026-01-01T13:00:00Z' }, 2);
  known = told(known, { ...ALERT, name: 'new' }, 2);
  const next = listed(known, [{ ...ALERT, name: 'turned' }, { ...ALERT, name: 'other' }], 2);
  assert.deepEqual([...next.keys()].sort(), ['new', 'other', 'turned']);
  assert.equal(next.get('turned').state, 'firing');
});

test('every kind is put in words', () => {
  assert.match(words(FIRING).text, /^7 events, firing since /);
  assert.equal(words(FIRING).tone, 'bad');
  assert.equal(rule(ALERT), 'Fires when events are below 10; over at 12.');
  assert.equal(
    rule({ ...ALERT, hours: 1, filter: { channel: ['web', null], null: ['type'] }, clear: 10, forSeconds: 60 }),
    'Fires when events in the last whole hour of channel web or (null), type (null) are below 10 for 1m.',
  );
  assert.equal(
    rule({ kind: 'change', unit: 'percent', hours: 24, below: -50, clear: -50, forSeconds: 0, filter: {} }),
    'Fires when the change of events in the last 24 whole hours is below -50%.',
  );
  assert.equal(rule({ kind: 'freshness', of: 'commit', above: 900, forSeconds: 0 }), 'Fires when the time since the last commit is above 15m.');
  assert.equal(rule({ kind: 'state', states: ['stale', 'failed'], forSeconds: 0 }), 'Fires when the table is stale or failed.');
  assert.match(words({ ...ALERT, kind: 'state', value: 'stale', state: 'firing' }).text, /^The table is stale/);
  assert.match(words({ ...ALERT, kind: 'change', unit: 'percent', hours: 2, value: null }).text, /^There is no value now/);
});

test('names and values that mean harm are cut and shown as they are', () => {
  const { title } = words({ ...ALERT, name: '<img src=x onerror=alert(1)>' });
  assert.equal(title, '<img src=x onerror=alert(1)>');
  assert.equal(words({ ...ALERT, name: '\u202egpj' }).title, '\uFFFDgpj');
  assert.equal([...words({ ...ALERT, name: 'x'.repeat(500) }).title].length, 100);
  assert.ok(!filterWords({ channel: ['a\u202eb'] }).includes('\u202e'));
});

test('what a form shows stands for the alert that it was opened with', () => {
  for (const alert of [
    ALERT,
    { ...ALERT, hours: 3, clear: 10 },
    { ...ALERT, of: 'sessions' },
    { name: 'c', kind: 'change', unit: 'events', hours: 2, above: 5, clear: 5, forSeconds: 9, filter: { a: ['b'] } },
    { name: 'f', kind: 'freshness', of: 'commit', above: 900, clear: 60, forSeconds: 0 },
  ]) {
    const definition = definitionOf(formOf(alert), alert.filter ?? {});
    for (const [field, value] of Object.entries(definition)) {
      assert.deepEqual(value, alert[field], `${alert.kind} ${field}`);
    }
    assert.ok('above' in definition || 'below' in definition);
  }
  assert.deepEqual(definitionOf(formOf({ kind: 'state', name: 's', forSeconds: 5 }), {}), { kind: 'state', forSeconds: 5 });
});

test('hours move, so the range of the page does not come along with them', () => {
  const page = { from: '2026-01-01', to: null, values: new Map([['channel', new Set(['web'])]]) };
  assert.deepEqual(filterFor(page, formOf({ kind: 'value', hours: 1 })), { channel: ['web'] });
  assert.deepEqual(filterFor(page, formOf({ kind: 'value' })), { from: '2026-01-01', channel: ['web'] });
});
