/** What the page says of odd data. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { words } from '../../main/resources/webroot/js/findings.js';

const NULLS = {
  kind: 'null-times',
  severity: 'warning',
  subject: null,
  since: 3,
  version: 1204,
  at: '2026-01-01T12:00:05.012Z',
  count: 2,
  message: "2 rows have no 'ts'.",
};
const COLUMNS = { ...NULLS, kind: 'columns-appeared', severity: 'notice', since: 7, version: 7, message: 'In version 7 …' };

test('a table in order is not talked about', () => {
  for (const nothing of [undefined, null, []]) assert.equal(words(nothing), null);
});

test('each finding is a sentence with the versions it is about', () => {
  const { label, tone, entries } = words([NULLS, COLUMNS]);

  assert.equal(label, 'Data quality: 2 findings');
  assert.equal(tone, 'warn');
  assert.deepEqual(
    entries.map(({ title, text }) => [title, text]),
    [
      ['Null times', "2 rows have no 'ts'."],
      ['Columns appeared', 'In version 7 …'],
    ],
  );
  assert.match(entries[0].note, /^Versions 3 to 1.?204, .*12:00:05 UTC$/);
  assert.match(entries[1].note, /^Version 7, /);
});

test('what may well be meant does not alarm', () => {
  const { label, tone, entries } = words([COLUMNS]);

  assert.equal(label, 'Data quality: 1 finding');
  assert.equal(tone, 'idle');
  assert.equal(entries[0].tone, 'idle');
});

test('texts are cut and cannot turn the direction of writing', () => {
  const { entries } = words([{ ...NULLS, message: `\u202e\u0007${'x'.repeat(5000)}` }]);

  assert.ok(entries[0].text.startsWith('\uFFFD\uFFFDxxx'));
  assert.ok(entries[0].text.length <= 600);
});

test('a long list is cut, and says how much is left', () => {
  const { label, entries } = words(Array.from({ length: 50 }, () => NULLS));

  assert.equal(label, 'Data quality: 50 findings');
  assert.equal(entries.length, 21);
  assert.equal(entries.at(-1).text, 'and 30 more');
});

test('what is no finding is passed over', () => {
  assert.equal(words(['an old server says texts', null, {}, { message: 7 }]), null);
  assert.equal(words([{ message: 'm' }]).entries[0].text, 'm');
  assert.equal(words([{ message: 'm' }]).entries[0].note, '');
});
