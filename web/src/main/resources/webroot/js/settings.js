/** How single charts are shown, kept in the query of the page's address: `top.NAME=20`, `blank.NAME=1`. */

/** Number of bars for a dimension, or the default if the address has none that may be chosen. */
export function topOf(query, dimension, choices, otherwise) {
  const wanted = Number(new URLSearchParams(query).get(`top.${dimension}`));
  return choices.includes(wanted) ? wanted : otherwise;
}

/** True if null and '' are shown too. */
export function blankOf(query, dimension) {
  return new URLSearchParams(query).get(`blank.${dimension}`) === '1';
}

/** The query with a setting, or without it if it is null. */
export function withSetting(query, name, value) {
  const parameters = new URLSearchParams(query);
  if (value === null) parameters.delete(name);
  else parameters.set(name, value);
  return parameters.toString();
}
