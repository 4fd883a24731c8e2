/** From the answers of REST to what is shown. Pure. */

/** Cohorts and columns that are shown; a table of all would be no picture. */
export const SHOWN = 31;

/** One row a step: {value, sessions, ofFirst, ofBefore}, the last two shares of 1, null where there is nothing to divide by. */
export function funnelRows({ steps }) {
  const share = (part, all) => (all > 0 ? part / all : null);
  return steps.map(({ value, sessions }, index) => ({
    value,
    sessions,
    ofFirst: share(sessions, steps[0].sessions),
    ofBefore: index === 0 ? null : share(sessions, steps[index - 1].sessions),
  }));
}

/**
 * The newest cohorts, the first of them on top, {rows, columns, max, hiddenRows, hiddenColumns}: rows are {first, size, cells}, cells
 * {count, share}, `share` of the cohort's size and null where that is 0; `max` is the greatest share after the first column.
 */
export function cohortGrid({ cohorts }, most = SHOWN) {
  const shown = cohorts.slice(-most);
  const columns = Math.min(most, Math.max(0, ...shown.map(({ counts }) => counts.length)));
  const rows = shown.map(({ first, counts }) => ({
    first,
    size: counts[0],
    cells: counts.slice(0, columns).map((count) => ({ count, share: counts[0] > 0 ? count / counts[0] : null })),
  }));
  return {
    rows,
    columns,
    max: Math.max(0, ...rows.flatMap(({ cells }) => cells.slice(1).map(({ share }) => share ?? 0))),
    hiddenRows: cohorts.length - shown.length,
    hiddenColumns: Math.max(0, ...shown.map(({ counts }) => counts.length - columns)),
  };
}
