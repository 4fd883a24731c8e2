/** The few answers of REST that the page asks for. Addresses are relative to the page, which may be one of several tables'. */

export const liveEndpoint = () => new URL('live', document.baseURI).href;

/** The table's columns and dimensions, or null if there is none to tell yet. */
export const schema = () => read('api/v1/schema');

/** The service's status; DENIED if it is not for us; null if there is no answer. */
export const status = () => read('api/v1/status', DENIED);

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
