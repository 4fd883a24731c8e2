/** The few answers of REST that the page asks for. Addresses are relative to the page, which may be one of several tables'. */

export const liveEndpoint = () => new URL('live', document.baseURI).href;

/** The table's columns and dimensions, or null if there is none to tell yet. */
export const schema = () => read('api/v1/schema');

export const status = () => read('api/v1/status');

async function read(path) {
  try {
    const response = await fetch(path, { headers: { accept: 'application/json' } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
