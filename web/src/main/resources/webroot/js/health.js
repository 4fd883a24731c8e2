/** How the service and the connection to it are, in words. Pure but for the locale. */
import * as format from './format.js';
import { reasonOf, reasonText } from './reasons.js';

/** Status answers older than this say nothing about now. */
const OLD = 15_000;

const STATES = {
  live: { tone: 'good', label: 'Live' },
  'catching-up': { tone: 'busy', label: 'Catching up' },
  bootstrapping: { tone: 'busy', label: 'First load' },
  waiting: { tone: 'idle', label: 'Waiting' },
  stale: { tone: 'warn', label: 'Stale' },
  failed: { tone: 'bad', label: 'Failed' },
};

/** {tone, label} of the pill in the header. */
export function health({ connection, paused, status }) {
  if (connection.state === 'closed') return { tone: 'bad', label: 'Disconnected' };
  if (connection.state === 'connecting') return { tone: 'busy', label: 'Connecting' };
  if (paused) return { tone: 'idle', label: 'Paused' };
  if (neverRead(status)) return { tone: 'bad', label: 'Not readable' };
  return STATES[status?.state] ?? { tone: 'good', label: 'Connected' };
}

/** Stopped before there was anything to serve: nothing is stale, as there was never anything good. */
const neverRead = (status) => status?.state === 'stale' && status.version < 0;

/** Seconds behind the table, or null if unknown: as the server said, older by as long as it says nothing new. */
export function freshness({ status, statusAt }, now) {
  if (status?.freshnessSeconds === null || status?.freshnessSeconds === undefined) return null;
  const silent = now - statusAt;
  return status.freshnessSeconds + (status.state !== 'live' || silent > OLD ? silent / 1000 : 0);
}

/** The facts beside the pill: [name, text, explanation]. */
export function facts(model, now) {
  const { status, feed } = model;
  const age = freshness(model, now);
  const committed = feed.committedAt === null ? null : Date.parse(feed.committedAt);
  return [
    [
      'Version',
      feed.version < 0 ? '–' : format.count(feed.version),
      'The table version that every number on this page is true for',
    ],
    [
      'Lag',
      status?.lag === undefined || feed.version < 0 ? '–' : format.count(Math.max(0, status.logVersion - feed.version)),
      'Versions that the table has and this page does not show yet',
    ],
    [
      'Freshness',
      age === null ? '–' : format.duration(age),
      'How long ago the service last knew that it had everything',
    ],
    [
      'Last commit',
      committed === null ? '–' : `${format.duration(Math.max(0, (now - committed) / 1000))} ago`,
      committed === null ? '' : format.moment(committed),
    ],
  ];
}

/** What needs to be said above the numbers: [{tone, title, text, hint}]. */
export function banners(model, now) {
  const { connection, status, feed, paused, error, held = 0 } = model;
  const address = status?.table?.uri;
  const list = [];
  if (connection.state === 'closed') {
    const wait =
      connection.retryAt === null
        ? ''
        : `Next try in ${format.duration(Math.max(0, Math.round((connection.retryAt - now) / 1000)))}. `;
    const why = connection.full ? `${FULL} ` : held > 0 ? 'The service asks to wait. ' : '';
    list.push({
      tone: 'bad',
      title: 'Disconnected',
      text: `${why}${wait}The numbers stay at version ${format.count(feed.version)} until the connection is back.`,
      retry: true,
    });
  } else if (held > 0) {
    list.push({
      tone: 'idle',
      title: 'The service is busy',
      text: `It asks this page to wait ${format.duration(Math.ceil(held / 1000))} before it asks for anything else. The live numbers go on.`,
    });
  }
  if (status?.state === 'stale') {
    const age = freshness(model, now);
    const title = `Stale: the numbers are of version ${format.count(status.version)}${age === null ? '' : `, ${format.duration(age)} behind`}`;
    const text = reasonText(status.reason, address);
    list.push({
      tone: 'warn',
      title,
      text,
      hint: SAYS_ALL.test(text) ? '' : 'The last good version stays served. It goes on by itself when the cause is mended.',
    });
  }
  if (status?.state === 'failed') {
    list.push({
      tone: 'bad',
      title: 'Failed: the numbers no longer follow the table',
      text: reasonText(status.reason, address),
      hint: 'The service stopped for good. Mend the cause, then start it again.',
    });
  }
  if (error) list.push({ tone: 'warn', title: 'The server refused this selection', text: error.message });
  if (paused && connection.state === 'open' && status && status.version > feed.version) {
    list.push({
      tone: 'idle',
      title: `Paused at version ${format.count(feed.version)}`,
      text: `${format.many(status.version - feed.version, 'newer version')} to see.`,
    });
  }
  return list;
}

/** What stands in place of the numbers while there are none, {kind, title, text, address, hint, progress}; null if there are. */
export function face({ connection, status, feed, whole, denied, held = 0 }) {
  if (whole.version >= 0 || feed.version >= 0)
    return whole.views.get('totals')?.events === 0 ? EMPTY_TABLE(whole) : null;
  if (denied) return DENIED;
  const unreachable = connection.state === 'closed';
  // Where something is served, its numbers are on their way here.
  if (status === null || status.version >= 0) {
    if (connection.full) return BUSY(FULL);
    if (held > 0) return BUSY('It has more to do than it can, and asks this page to wait.');
    return unreachable ? UNREACHABLE : CONNECTING;
  }
  const address = status.table?.uri;
  switch (status.state) {
    case 'waiting':
      return status.reason === null || status.reason === undefined
        ? {
            kind: 'connecting',
            title: 'Looking for the table',
            text: 'There was no answer yet on whether it is there.',
            address,
          }
        : {
            kind: 'waiting',
            title: 'Waiting for the table',
            text: reasonText(status.reason, address),
            address,
            hint: 'It is looked for all the time; this page starts by itself when the first commit is there. If the table should exist, check the address and the access to it.',
          };
    case 'failed':
      return {
        kind: 'failed',
        title: 'The table cannot be served',
        ...reasonOf(status.reason, address),
        address,
        hint: 'The service stopped for good. Mend the cause, then start it again.',
      };
    case 'stale':
      return {
        kind: 'failed',
        title: 'The table cannot be read',
        ...neverServed(reasonOf(status.reason, address)),
        address,
        hint: 'There are no numbers to show yet. It is tried again all the time, and this page starts by itself when the cause is mended.',
      };
    default:
      return unreachable ? UNREACHABLE : firstLoad(status);
  }
}

/** Reasons that tell by themselves what stays and what happens next. */
const SAYS_ALL = /last (good )?version|there is nothing to be done/;

/** Some reasons speak of a good version that is served; here there is none. */
function neverServed({ where, text }) {
  return { where, text: text.replace('The last good version is served, and it is tried again', 'It is tried again') };
}

const FULL = 'The service has as many pages open as it may.';

const BUSY = (text) => ({
  kind: 'waiting',
  title: 'The service is busy',
  text,
  hint: 'There is nothing to do: this page asks again by itself, as soon as it may.',
});

const CONNECTING = { kind: 'connecting', title: 'Connecting', text: 'Asking for the newest version of the table.' };

const UNREACHABLE = {
  kind: 'unreachable',
  title: 'Tidemark cannot be reached',
  text: 'The service does not answer.',
  hint: 'Check that it runs and that nothing between it and this page blocks the connection. It is tried again all the time.',
};

const DENIED = {
  kind: 'failed',
  title: 'This service asks for a token',
  text: 'Give the one that was given to you. It is kept for this tab only, until it is closed.',
  hint: '',
};

const EMPTY_TABLE = (feed) => ({
  kind: 'empty',
  title: 'No data available yet',
  text: `The table is there, at version ${format.count(feed.version)}, and has no rows.`,
  hint: 'This page fills by itself with the first commit that adds some. Check that the writer runs and writes to this table.',
});

function firstLoad({ progress, table }) {
  const { files = 0, filesDone = 0, rowsPerSecond = 0 } = progress ?? {};
  const speed = rowsPerSecond > 0 ? ` at ${format.compact(rowsPerSecond)} rows a second` : '';
  return {
    kind: 'loading',
    title: 'Counting the table for the first time',
    address: table?.uri,
    progress: {
      value: files > 0 ? filesDone / files : null,
      text:
        files > 0 ? `${format.count(filesDone)} of ${format.count(files)} files${speed}` : 'Reading the table’s log',
    },
    hint: 'This happens once. From then on each commit is counted alone.',
  };
}
