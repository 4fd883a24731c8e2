/** The few answers of REST that the page asks for. Addresses are relative to the page, which may be one of several tables'. */

import { parsePage } from './rows.js';

export const liveEndpoint = () => new URL('live', document.baseURI).href;

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
 * @returns {page}, or {error} with a sentence for the user
 */
export async function events(filter, limit, cursor) {
  const query = new URLSearchParams(filter);
  if (limit !== undefined) query.set('limit', limit);
  if (cursor !== null) query.set('cursor', cursor);
  try {
    const response = await fetch(`api/v1/events?${query}`, { headers: { accept: 'application/json' } });
    const text = await response.text();
    return response.ok ? { page: parsePage(text) } : { error: sentenceOf(text, response.status) };
  } catch {
    return { error: 'The service does not answer. It is asked again.' };
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
  return `The service answered with ${status}.`;
}

/** The newest commits; NOT_THERE if the service does not tell them; null if there is no answer. */
export async function commits(limit) {
  try {
    const response = await fetch(`api/v1/commits?limit=${limit}`, { headers: { accept: 'application/json' } });
    if (response.status === 404 || response.status === 501) return NOT_THERE;
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** In place of an answer of a path that there is not. */
export const NOT_THERE = Symbol('not there');

/** Distinct sessions under a filter, {sessions, version}, counted by a scan; or {error}. */
export async function sessions(filter) {
  try {
    const response = await fetch(`api/v1/views/totals?${filter}&sessions=exact`);
    const text = await response.text();
    if (!response.ok) return { error: sentenceOf(text, response.status) };
    const { totals, version } = JSON.parse(text);
    return { sessions: totals.sessions, version };
  } catch {
    return { error: 'The service does not answer.' };
  }
}

/** In place of an answer that needs a token. */
export const DENIED = Symbol('denied');

async function read(path, denied = null) {
  try {
    const response = await fetch(path, { headers: { accept: 'application/json' } });
    if (response.status === 401 || response.status === 403) return denied;
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
