/** From the groups of a feed to the rows that a chart shows. Pure. */

/** In place of a value: all values that have no row of their own. */
export const OTHER = Symbol('other');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A dimension's groups as served: by count descending, then value, null first. */
export function ranked(groups) {
  return [...(groups ?? [])].map(([value, count]) => ({ value, count })).sort(byCountThenValue);
}

function byCountThenValue(a, b) {
  if (a.count !== b.count) return b.count - a.count;
  if (a.value === null || b.value === null) return a.value === null ? -1 : 1;
  return a.value < b.value ? -1 : 1;
}

export const isBlank = (value) => value === null || value === '';

/** Rows without those whose value is null or '', and how many events those were. */
export function withoutBlank(rows) {
  const kept = rows.filter((row) => !isBlank(row.value));
  return { rows: kept, leftOut: sum(rows) - sum(kept) };
}

/**
 * The first n rows, and one OTHER row that sums the rest, if there is a rest.
 *
 * @param unlisted events of values that are not among the rows
 */
export function top(rows, n, unlisted = 0) {
  const shown = rows.slice(0, n);
  const rest = sum(rows.slice(n)) + unlisted;
  return rest > 0 ? [...shown, { value: OTHER, count: rest }] : shown;
}

export function sum(rows) {
  return rows.reduce((total, row) => total + row.count, 0);
}

/**
 * Hours as points {x: milliseconds, y: count} in time order. An hour without events is not in the feed; where hours are
 * missing the line goes down to zero at both edges of the gap, so that a gap costs two points however long it is.
 */
export function hourPoints(hours) {
  const points = [];
  let previous = null;
  hours?.forEach((y, x) => {
    if (previous !== null && x - previous > HOUR) {
      points.push({ x: previous + HOUR, y: 0 });
      if (x - previous > 2 * HOUR) points.push({ x: x - HOUR, y: 0 });
    }
    points.push({ x, y });
    previous = x;
  });
  return points;
}

/** First and last day (UTC, YYYY-MM-DD) that has events, or null. */
export function days(hours) {
  const { first, last } = hours ?? {};
  return first === undefined ? null : { first: dayOf(first), last: dayOf(last), firstHour: first, lastHour: last };
}

/** The UTC day of an instant. */
export function dayOf(milliseconds) {
  return new Date(Math.floor(milliseconds / DAY) * DAY).toISOString().slice(0, 10);
}

/**
 * The heatmap as a grid: the biggest values of both dimensions, in order, and a count for each pair that is known.
 *
 * @param first name of the dimension down the side
 * @param second name of the dimension along the top
 * @param missing count of a pair that is not there: 0, or null if it may have some
 */
export function grid(pairs, first, second, maxRows, maxColumns, missing = 0) {
  const down = new Map();
  const along = new Map();
  const counts = new Map();
  for (const { values, count } of (pairs ?? new Map()).values()) {
    const [a, b] = [values[first], values[second]];
    down.set(a, (down.get(a) ?? 0) + count);
    along.set(b, (along.get(b) ?? 0) + count);
    if (!counts.has(a)) counts.set(a, new Map());
    counts.get(a).set(b, count);
  }
  const rows = ranked(down);
  const columns = ranked(along);
  const shownRows = rows.slice(0, maxRows).map((row) => row.value);
  const shownColumns = columns.slice(0, maxColumns).map((column) => column.value);
  const cells = shownRows.map((a) => shownColumns.map((b) => counts.get(a)?.get(b) ?? missing));
  return {
    rows: shownRows,
    columns: shownColumns,
    cells,
    max: Math.max(0, ...cells.flat()),
    hiddenRows: rows.length - shownRows.length,
    hiddenColumns: columns.length - shownColumns.length,
  };
}
