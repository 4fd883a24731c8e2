/** Why a table is waited for or not followed, as the service says it, made ready for reading. Pure. */

/** In front of a reason: where it is. The table's address, with the version that comes next or without; a version; a file. */
const PLACE = /^\[([^\]]*)\]\s*/;
const NEXT_VERSION = /@(\d+)$/;
/** What the service says of any failure to read a file, before the store's own words. */
const CANNOT = /^cannot be read: /i;
/** These say nothing that a reader could look for. */
const WHOLE = new Set(['', '.', '_delta_log', '_delta_log/']);

/**
 * @param reason as in the service's status; null or undefined if it does not say why
 * @param address of the table, which has a line of its own on the page
 * @returns {where, text}: the version or file, or '' if it is the table as a whole, and one or more whole sentences
 */
export function reasonOf(reason, address = '') {
  let text = (reason ?? '').trim();
  let where = '';
  for (let place = PLACE.exec(text); place !== null; place = PLACE.exec(text)) {
    where = placeOf(place[1], address) || where;
    text = text.slice(place[0].length);
  }
  if (text === '') return { where, text: 'The service does not say why.' };
  return { where, text: sentence(CANNOT.test(text) ? cause(text.replace(CANNOT, '')) : text) };
}

/** The same in one piece, for where there is one line. */
export function reasonText(reason, address) {
  const { where, text } = reasonOf(reason, address);
  return where === '' ? text : `${where.charAt(0).toUpperCase()}${where.slice(1)}: ${text}`;
}

function placeOf(place, address) {
  const bare = place.replace(NEXT_VERSION, '');
  if (sameAddress(bare, address) || /^[a-z][a-z0-9+.-]*:\/\//i.test(bare)) {
    const next = NEXT_VERSION.exec(place);
    return next === null ? '' : `version ${next[1]}`;
  }
  return WHOLE.has(place) ? '' : place;
}

const sameAddress = (a, b) => a.replace(/\/+$/, '') === (b ?? '').replace(/\/+$/, '');

/** Stores speak in sentences, which stand for themselves; what a library says in passing needs one around it. */
function cause(text) {
  return /^\p{Lu}.*\s.*[.!?]$/u.test(text) ? text : `It cannot be read (${text.replace(/[.\s]+$/, '')})`;
}

function sentence(text) {
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}
