/**
 * How things are shown, kept in the query of the page's address: `top.NAME=20`, `blank.NAME=1`, `grain=day`,
 * `compare=week`, `zone=Europe/Berlin`, `columns=a&columns=b`, `open=findings`, `rows=<filter>`, `view=NAME&embed`.
 */
import { GRAINS } from './periods.js';

export const COMPARISONS = ['before', 'week'];

const one = (query, name) => new URLSearchParams(query).get(name);
const among = (choices, wanted, otherwise) => (choices.includes(wanted) ? wanted : otherwise);

/** Number of bars for a dimension, or the default if the address has none that may be chosen. */
export function topOf(query, dimension, choices, otherwise) {
  return among(choices, Number(one(query, `top.${dimension}`)), otherwise);
}

/** True if null and '' are shown too. */
export function blankOf(query, dimension) {
  return one(query, `blank.${dimension}`) === '1';
}

export const grainOf = (query) => among(GRAINS, one(query, 'grain'), 'hour');

/** 'before', 'week', or null for no comparison. */
export const comparisonOf = (query) => among(COMPARISONS, one(query, 'compare'), null);

/** Name of the time zone in which times are shown; UTC if the address has none that this browser knows. */
export function zoneOf(query) {
  const wanted = one(query, 'zone');
  try {
    return wanted ? new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone : 'UTC';
  } catch {
    return 'UTC';
  }
}

/** Names of the columns of the table of events that the user chose, or null. */
export function columnsOf(query) {
  const names = new URLSearchParams(query).getAll('columns');
  return names.length === 0 ? null : names;
}

/** True if a part that can be opened is to be open. */
export const isOpen = (query, part) => new URLSearchParams(query).getAll('open').includes(part);

/** The filter, as a query, whose rows are shown over the page; null if none are. */
export const rowsOf = (query) => one(query, 'rows');

/** The one view that this page shows for another page, or null. */
export function embeddedOf(query) {
  const parameters = new URLSearchParams(query);
  return parameters.has('embed') ? parameters.get('view') : null;
}

/** The query with a setting, or with all of a list of them, or without it if it is null. */
export function withSetting(query, name, value) {
  const parameters = new URLSearchParams(query);
  parameters.delete(name);
  for (const text of value === null ? [] : [value].flat()) parameters.append(name, text);
  return parameters.toString();
}

/** The query with a part open or closed. */
export function withOpen(query, part, open) {
  const others = new URLSearchParams(query).getAll('open').filter((name) => name !== part);
  return withSetting(query, 'open', open ? [...others, part] : others);
}
