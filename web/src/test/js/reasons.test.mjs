/** Why a table is not followed, made ready for reading. Run with `node --test`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf, reasonText } from '../../main/resources/webroot/js/reasons.js';

const AT = 's3://bucket/events';
const UNREACHABLE = 'The object store cannot be reached: connection refused. Is it up, and AWS_ENDPOINT_URL right?';

/** Each kind of reason that the service gives, with what is read: [reason, where, text]. */
const ALL = [
  // what a store says stands for itself
  [`[_delta_log] Cannot be read: ${UNREACHABLE}`, '', UNREACHABLE],
  [
    "[_delta_log/00000000000000000001.json] Cannot be read: The object store does not answer for '00000000000000000001.json' within 30 s.",
    '_delta_log/00000000000000000001.json',
    "The object store does not answer for '00000000000000000001.json' within 30 s.",
  ],
  ['[.] Cannot be read: There are no credentials for the object store. Set them.', '', 'There are no credentials for the object store. Set them.'],
  // what a library says does not
  ['[a.parquet] Cannot be read: 503 slow down', 'a.parquet', 'It cannot be read (503 slow down).'],
  ['[_delta_log] Cannot be read: SocketException', '', 'It cannot be read (SocketException).'],
  ['[_delta_log/1.json] Cannot be read: Permission denied', '_delta_log/1.json', 'It cannot be read (Permission denied).'],
  // a version, a file, a line of it
  [
    "[version 7] Reader feature 'x' is not supported. Supported: deletionVectors.",
    'version 7',
    "Reader feature 'x' is not supported. Supported: deletionVectors.",
  ],
  [
    '[_delta_log/00000000000000000001.json:3] Not a JSON action: Unexpected end-of-input. Repair or restore the file.',
    '_delta_log/00000000000000000001.json:3',
    'Not a JSON action: Unexpected end-of-input. Repair or restore the file.',
  ],
  ['[version 3] The log or its checkpoint cannot be read: No metadata found at version 0', 'version 3', 'The log or its checkpoint cannot be read: No metadata found at version 0.'],
  // the table, with the version that comes next
  [`[${AT}@8] The memory does not suffice for what comes next (OutOfMemoryError).`, 'version 8', 'The memory does not suffice for what comes next (OutOfMemoryError).'],
  ['[/data/events@0] Unexpected error (NullPointerException).', 'version 0', 'Unexpected error (NullPointerException).', '/data/events'],
  [`[${AT}] nothing is there yet; waiting for a Delta table`, '', 'Nothing is there yet; waiting for a Delta table.'],
  [`[${AT}/] [version 7] The table is gone`, 'version 7', 'The table is gone.'],
  // neither
  ['Out of order (UnsatisfiedLinkError): restart the service; its log has the details.', '', 'Out of order (UnsatisfiedLinkError): restart the service; its log has the details.'],
  ['', '', 'The service does not say why.'],
  [null, '', 'The service does not say why.'],
];

for (const [reason, where, text, address = AT] of ALL) {
  test(`reads well: ${reason}`, () => {
    assert.deepEqual(reasonOf(reason, address), { where, text });
  });
}

test('in one line, the place comes first', () => {
  assert.equal(reasonText('[version 7] The table is gone', AT), 'Version 7: The table is gone.');
  assert.equal(reasonText(`[_delta_log] Cannot be read: ${UNREACHABLE}`, AT), UNREACHABLE);
});

test('brackets within a reason, and values that look like markup, stay as they are', () => {
  assert.equal(reasonOf("The column '[x]' <b>is</b> gone", AT).text, "The column '[x]' <b>is</b> gone.");
});
