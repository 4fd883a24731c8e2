/** Event rows as REST gives them, and how two lists of them differ. Pure. */

/** So many rows are asked for at once, and so many are kept at most. */
export const PAGE = 100;
export const MOST = 1000;

/** Before the first answer. */
export const NO_ROWS = Object.freeze({ rows: [], version: -1, epoch: null, cursor: null });

/** A page of rows from the text of an answer; numbers that JavaScript cannot hold exactly become texts. */
export function parsePage(text) {
  const { events, version, epoch, cursor } = exactJson(text);
  return { rows: keyed(events), version, epoch, cursor: cursor ?? null };
}

/** Parses JSON; a number that would lose digits stays as it was written. */
export function exactJson(text) {
  return JSON.parse(text, (key, value, context) =>
    typeof value === 'number' && context?.source !== undefined && !same(value, context.source) ? context.source : value,
  );
}

function same(value, source) {
  return /^-?\d{1,15}$/.test(source) || (!/^-?\d+$/.test(source) && source.length <= 17) || String(value) === source;
}

/** Rows with a key each. Equal rows cannot be told apart, so they are numbered. */
export function keyed(events) {
  const seen = new Map();
  return events.map((event) => {
    const text = JSON.stringify(event);
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return { key: before === 0 ? text : `${text}#${before}`, event };
  });
}

/** The list with a page after it; it ends where it is full. */
export function appended(list, page) {
  const rows = keyed([...list.rows, ...page.rows].map(({ event }) => event)).slice(0, MOST);
  return { ...list, rows, cursor: rows.length < MOST ? page.cursor : null };
}

/** How many rows of `next` are not in `shown`. */
export function countNew(shown, next) {
  const known = new Set(shown.rows.map(({ key }) => key));
  return next.rows.filter(({ key }) => !known.has(key)).length;
}

/** How many rows to ask for, to see again as many as there are. */
export const wantedOf = ({ rows }) => Math.min(MOST, Math.max(PAGE, Math.ceil(rows.length / PAGE) * PAGE));

/**
 * Names of the columns to show: those that were chosen and that there are, or time, dimensions and the session.
 *
 * @param schema as REST answers it; null if it is not known
 * @param rows to find columns in while the schema is not known
 */
export function columnsToShow(schema, chosen, rows) {
  const all = allColumns(schema, rows);
  const wanted = (chosen ?? []).filter((name) => all.includes(name));
  if (wanted.length > 0) return wanted;
  if (schema === null) return all.slice(0, 6);
  const usual = [schema.timeColumn, ...(schema.dimensions ?? []).map(({ column }) => column), schema.distinctColumn];
  const known = all.filter((name) => usual.some((one) => one?.toLowerCase() === name.toLowerCase()));
  return known.length > 0 ? known : all.slice(0, 6);
}

export function allColumns(schema, rows) {
  return schema?.columns?.map(({ name }) => name) ?? Object.keys(rows[0]?.event ?? {});
}

/** A value of a row, or null; names that mean something to JavaScript are columns like others. */
export const cellOf = (event, column) => (Object.hasOwn(event, column) ? event[column] : null);

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;

/** What a value is to a reader: {kind: 'blank' | 'time' | 'text' | 'tree', value}. */
export function readingOf(value) {
  if (value === null || value === '') return { kind: 'blank', value };
  if (typeof value === 'object') return { kind: 'tree', value };
  if (typeof value !== 'string') return { kind: 'text', value: String(value) };
  if (INSTANT.test(value)) return { kind: 'time', value };
  const tree = treeIn(value);
  return tree === null ? { kind: 'text', value } : { kind: 'tree', value: tree };
}

/** The object or list that a text is the JSON of, or null. */
function treeIn(text) {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return exactJson(text);
  } catch {
    return null;
  }
}
