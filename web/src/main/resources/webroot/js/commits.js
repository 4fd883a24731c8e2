/**
 * What commits did to the table, minute by minute. Pure.
 *
 * A row counts in the minute of its commit, not in that of its event: so the strip is exact, moves with each commit and
 * costs one small request, where minutes of events would need a scan of the table each.
 */
export const MINUTE = 60_000;
export const MINUTES = 60;
const LISTED = 50;

export const NO_COMMITS = Object.freeze({ epoch: null, newest: -1, since: Infinity, minutes: new Map(), list: [] });

/** So many are remembered by the service, and may be asked for. */
const ALL = 1000;
/** The service may be some commits ahead of the version that the page shows; so many more are asked for. */
const AHEAD = 20;

/** How many commits to ask for, so that they most likely reach back to what is known. */
export function wantedCommits(log, version) {
  return log.newest < 0 ? ALL : Math.min(ALL, Math.max(0, version - log.newest) + AHEAD);
}

/** True if commits lie between what is known and an answer, so that more should be asked for: {@link NO_COMMITS} wants all. */
export function leavesHole(log, { epoch, commits }) {
  return epoch === log.epoch && commits.length > 0 && commits.length < ALL && commits.at(-1).version > log.newest + 1;
}

/**
 * The log with the commits of an answer, newest first as served. One that leaves a hole, or is of another epoch, begins it
 * anew.
 */
export function taken(log, { epoch, commits }) {
  if (commits.length === 0) return epoch === log.epoch ? log : { ...NO_COMMITS, epoch };
  const joins = epoch === log.epoch && commits.at(-1).version <= log.newest + 1;
  const base = joins ? log : { ...NO_COMMITS, epoch };
  const fresh = commits.filter(({ version }) => version > base.newest);
  if (fresh.length === 0) return base;
  const minutes = new Map(base.minutes);
  for (const commit of fresh) count(minutes, commit);
  const newestMinute = Math.max(...minutes.keys());
  for (const minute of minutes.keys()) if (minute <= newestMinute - 2 * MINUTES * MINUTE) minutes.delete(minute);
  return {
    epoch,
    newest: fresh[0].version,
    since: joins ? log.since : beginOf(commits.at(-1)),
    minutes,
    list: [...fresh, ...base.list].slice(0, LISTED),
  };
}

/** From when on everything is known: the first minute after the oldest commit, or always if that is the table's first. */
function beginOf({ version, committedAt }) {
  return version === 0 ? -Infinity : (Math.floor(Date.parse(committedAt) / MINUTE) + 1) * MINUTE;
}

function count(minutes, commit) {
  const minute = Math.floor(Date.parse(commit.committedAt) / MINUTE) * MINUTE;
  const { added, removed, commits } = minutes.get(minute) ?? { added: 0, removed: 0, commits: 0 };
  const net = netOf(commit);
  minutes.set(minute, {
    added: added + Math.max(0, net),
    removed: removed + Math.max(0, -net),
    commits: commits + 1,
  });
}

/**
 * Rows that a commit added, less those that it took away: one that only writes rows anew has none. Commits that were taken
 * up in one step are known together only; they count with the last of them.
 */
export function netOf({ version, rows, step }) {
  const known = rows ?? (step?.to === version ? step.rows : null);
  return known === null || known === undefined ? 0 : known.added - known.removed;
}

/** The minutes until now, oldest first: {start, added, removed, commits, known}. */
export function lastHour({ minutes, since }, now) {
  const last = Math.floor(now / MINUTE) * MINUTE;
  return Array.from({ length: MINUTES }, (_, index) => {
    const start = last - (MINUTES - 1 - index) * MINUTE;
    return { start, added: 0, removed: 0, commits: 0, ...minutes.get(start), known: start >= since };
  });
}

/** What a table of many small files should be told, {text, command}, or null. */
export function adviceOf({ uri = '', files = 0, bytes = 0 } = {}) {
  const ideal = Math.max(1, Math.ceil(bytes / GOOD_FILE));
  if (files < MANY_FILES || bytes / files > SMALL_FILE || files < 4 * ideal) return null;
  return { files, average: bytes / files, ideal, command: `OPTIMIZE delta.\`${uri.replace(/`/g, '``')}\`` };
}

const MANY_FILES = 100;
const SMALL_FILE = 16 << 20;
/** What OPTIMIZE aims at is up to a gigabyte; an eighth of that is good to read. */
const GOOD_FILE = 128 << 20;
