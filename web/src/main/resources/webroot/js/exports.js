/** The rows of the current filter as a file. The addresses are pure. */
import { ask, sentenceOf, troubleOf } from './api.js';
import { toQuery } from './filter.js';
import * as format from './format.js';
import { untilAnswered } from './patience.js';

export const FORMATS = [
  { name: 'csv', title: 'CSV', type: 'text/csv' },
  { name: 'ndjson', title: 'NDJSON', type: 'application/x-ndjson' },
  { name: 'xlsx', title: 'Excel', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  { name: 'parquet', title: 'Parquet', type: 'application/vnd.apache.parquet' },
];

/** Excel holds no more rows in a sheet, with the one of the names. */
export const MOST_IN_EXCEL = 1_048_575;

/** Where a file is had, relative to the page. */
export function exportAddress(name, filter, dimensions) {
  return `api/v1/export?${toQuery(filter, `format=${name}`, dimensions)}`;
}

/** A name for a file of now, from the table's address. */
export function fileName(uri, extension, now) {
  const table = (uri ?? '').replace(/\/+$/, '').split('/').at(-1).replace(/[^\w.-]+/g, '_') || 'events';
  return `${table}_${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_')}.${extension}`;
}

/** True if a browser lets the page write to a file while it is received, so that its size does not matter. */
export const canStream = () => typeof globalThis.showSaveFilePicker === 'function';

/**
 * Receives a file into one that the user chooses.
 *
 * @param progress is called with the bytes so far; with null while the service has no room for one more export
 * @returns a sentence on how it went; null if the user chose no file
 */
export async function streamToFile(address, { name, title, type }, suggestedName, signal, progress) {
  let handle;
  try {
    handle = await globalThis.showSaveFilePicker({
      suggestedName,
      types: [{ description: title, accept: { [type]: [`.${name}`] } }],
    });
  } catch {
    return null;
  }
  try {
    const { response, error } = await untilAnswered(() => begin(address, signal), () => progress(null), signal);
    if (error !== undefined) return error;
    if (response === undefined) return 'Stopped.';
    let bytes = 0;
    const counter = new TransformStream({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        progress(bytes);
        controller.enqueue(chunk);
      },
    });
    await response.body.pipeThrough(counter).pipeTo(await handle.createWritable());
    const version = Number(response.headers.get('Tidemark-Version'));
    return `${format.bytes(bytes)} of version ${format.count(version)} are in ${handle.name}.`;
  } catch (failure) {
    return failure?.name === 'AbortError' ? 'Stopped.' : 'The download broke off; the file is not whole.';
  }
}

async function begin(address, signal) {
  try {
    const response = await ask(address, { signal });
    return response.ok ? { response } : { error: sentenceOf(await response.text(), response.status) };
  } catch (failure) {
    return signal.aborted ? {} : troubleOf(failure, 'The service does not answer.');
  }
}
