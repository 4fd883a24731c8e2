/** The few answers of REST that the page asks for. Addresses are relative to the page, which may be one of several tables'. */

import { Patience, Refused } from './patience.js';
import { parsePage } from './rows.js';

export const liveEndpoint = () => new URL('live', document.baseURI).href;

/** What the service said about when to come again; `onWait` is called when it says so. */
let onWait = () => {};
export const patience = new Patience(() => onWait());
export const whenAskedToWait = (changed) => (onWait = changed);

/** For what is asked while everything has to wait: without the time, which would be an old one soon. */
const HELD = 'The service has more to do than it can, and asks to wait. It is asked again by itself.';

/**
 * As `fetch`, but asks nothing while the service wants to be left alone.
 *
 * @throws Refused if it does, or if it answers so (429, 503)
 */
export async function ask(path, request) {
  if (patience.left > 0) throw new Refused(HELD, patience.left);
  const response = await fetch(path, request);
  if (response.status !== 429 && response.status !== 503) return response;
  const text = await response.text();
  const wait = patience.refused(codeOf(text), response.headers.get('retry-after'));
  throw new Refused(sentenceOf(text, response.status), wait);
}

/** What a failure to ask is to the user: {error}, and `wait` in milliseconds if it may be asked again then. */
export function troubleOf(failure, otherwise) {
  if (!(failure instanceof Refused)) return { error: otherwise };
  return failure.wait === null ? { error: failure.message } : { error: failure.message, wait: failure.wait };
}

const JSON_ONLY = { headers: { accept: 'application/json' } };

/** The table's columns and dimensions, or null if there is none to tell yet. */
export const schema = () => read('api/v1/schema');

/** The service's status; DENIED if it is not for us; null if there is no answer. */
export const status = () => read('api/v1/status', DENIED);

/**
 * Event rows, newest first.
 *
 * @param filter as a query
 * @param limit number of rows; undefined for the usual one
 * @param cursor where the page begins; null for the newest
 * @returns {page}, or {error} with a sentence for the user, and `wait` if the service said for how long
 */
export async function events(filter, limit, cursor) {
  const query = new URLSearchParams(filter);
  if (limit !== undefined) query.set('limit', limit);
  if (cursor !== null) query.set('cursor', cursor);
  try {
    const response = await ask(`api/v1/events?${query}`, JSON_ONLY);
    const text = await response.text();
    return response.ok ? { page: parsePage(text) } : { error: sentenceOf(text, response.status) };
  } catch (failure) {
    return troubleOf(failure, 'The service does not answer. It is asked again.');
  }
}

/** What a refusal says, for people. */
export function sentenceOf(text, status) {
  try {
    const { title, detail } = JSON.parse(text);
    if (typeof title === 'string') return typeof detail === 'string' ? `${title}. ${detail}` : title;
  } catch {
    // not one of ours
  }
  if (status === 429 || status === 503) return 'The service has too much to do at the moment.';
  return `The service answered with ${status}.`;
}

/** The stable name of a refusal; null if it is not one of the service's own. */
function codeOf(text) {
  try {
    const { type } = JSON.parse(text);
    return typeof type === 'string' ? type.split('/').at(-1) : null;
  } catch {
    return null;
  }
}

/** The newest commits; NOT_THERE if the service does not tell them; null if there is no answer. */
export async function commits(limit) {
  try {
    const response = await ask(`api/v1/commits?limit=${limit}`, JSON_ONLY);
    if (response.status === 404 || response.status === 501) return NOT_THERE;
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** In place of an answer of a path that there is not. */
export const NOT_THERE = Symbol('not there');

/** Distinct sessions under a filter, {sessions, version}, counted by a scan; or {error}, and `wait` as with `events`. */
export async function sessions(filter) {
  try {
    const response = await ask(`api/v1/views/totals?${filter}&sessions=exact`);
    const text = await response.text();
    if (!response.ok) return { error: sentenceOf(text, response.status) };
    const { totals, version } = JSON.parse(text);
    return { sessions: totals.sessions, version };
  } catch (failure) {
    return troubleOf(failure, 'The service does not answer.');
  }
}

/** In place of an answer that needs a token. */
export const DENIED = Symbol('denied');

async function read(path, denied = null) {
  try {
    const response = await ask(path, JSON_ONLY);
    if (response.status === 401 || response.status === 403) return denied;
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
