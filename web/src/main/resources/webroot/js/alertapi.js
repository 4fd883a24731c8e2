/** The answers of REST about alerts. */
import { ask, sentenceOf, troubleOf } from './api.js';

const address = (name) => `api/v1/alerts/${encodeURIComponent(name)}`;

/** All alerts; null if there is no answer, or the service has none to tell. */
export async function list() {
  try {
    const response = await ask('api/v1/alerts', { headers: { accept: 'application/json' } });
    return response.ok ? (await response.json()).alerts : null;
  } catch {
    return null;
  }
}

/** @returns null, or what went wrong as a sentence */
export const save = (name, definition) =>
  change(address(name), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(definition),
  });

/** @returns null, or what went wrong as a sentence */
export const remove = (name) => change(address(name), { method: 'DELETE' });

async function change(path, request) {
  try {
    const response = await ask(path, request);
    return response.ok ? null : sentenceOf(await response.text(), response.status);
  } catch (failure) {
    return troubleOf(failure, 'The service does not answer.').error;
  }
}
