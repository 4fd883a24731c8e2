/** Puts the page together: connection, subscriptions, address and what is drawn. */
import { alertBell } from './alertbell.js';
import { analysesSection } from './analyses/section.js';
import * as api from './api.js';
import { copyText } from './clip.js';
import { dashboard } from './dashboard.js';
import { icon } from './dom.js';
import { rowsDrawer } from './drawer.js';
import { EMPTY } from './feed.js';
import { findingsView } from './findings.js';
import { ALL, fromQuery, hasRange, isAll, keyOf, toQuery, withoutRange } from './filter.js';
import * as format from './format.js';
import { oncePerFrame } from './frame.js';
import { Live } from './live.js';
import { Schema } from './schema.js';
import { offsetsOf } from './periods.js';
import { Presets } from './presets.js';
import { comparisonOf, embeddedOf, isOpen, withOpen, withSetting, zoneOf } from './settings.js';
import { signIn } from './signin.js';
import { LiveSocket } from './socket.js';
import { statusView } from './status.js';
import { watchTheme } from './theme.js';

/** The server tells its status by itself; if it was silent this long, it is asked. */
const SILENCE = 5000;
/** So long may an open connection show an older version than the server has, before it is given up for dead. */
const DEAD = 20_000;

const at = (id) => document.getElementById(id);
const roots = {
  dashboard: at('dashboard'),
  filters: at('filters'),
  tiles: at('tiles'),
  cards: at('cards'),
  foot: at('foot'),
};

let status = null;
let statusAt = 0;
let denied = false;
/** True if the status should be asked for before its time. */
let wanted = false;
let asking = false;
let behindSince = null;
let board = null;
/** The feed that the cards in view show. */
let drawn = null;
let later = null;
let boardFor = '';
let dimensions = [];
let zone = 'UTC';
let offset = offsetsOf(zone);

const redraw = oncePerFrame(draw, (milliseconds) => board?.spent(milliseconds));
const schema = new Schema(redraw);
const socket = new LiveSocket(api.liveEndpoint(), {
  opened() {
    live.opened();
    alerts.opened();
  },
  message(message) {
    if (message.op === 'status') received(message);
    else if (message.op === 'alert') alerts.message(message);
    else live.message(message);
    schema.follow(live.whole.feed);
  },
  changed() {
    if (socket.state === 'closed') {
      // What stands in the way of a socket, a request can say.
      wanted = true;
      live.closed();
      alerts.closed();
    }
    redraw();
  },
}, () => api.patience.left);
const live = new Live((message) => socket.send(message), redraw);
const header = statusView(
  { health: at('health'), banners: at('banners'), face: at('face'), tableName: at('table-name') },
  () => socket.reconnect(),
);

const alerts = alertBell(
  { bell: at('bell'), banners: at('alert-banners') },
  { send: (message) => socket.send(message), filter: () => live.filter },
);
const entrance = signIn({ place: at('sign-in'), out: at('sign-out') }, enter);
const findings = findingsView(at('findings'));
const analyses = analysesSection(at('analyses'), { query: () => location.search, go: goAndDraw, redraw });
const drawer = rowsDrawer({ set, setFilter: choose, redraw });

const presets = new Presets(storage(), location.pathname);

/** The browser's storage, or null where it is forbidden. */
function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

function model() {
  return {
    now: Date.now(),
    offset,
    around: aroundOf(live.filter) === null ? live.shown : (live.around ?? live.whole).feed,
    connection: socket,
    paused: live.paused,
    status,
    statusAt,
    denied,
    held: api.patience.long ? api.patience.left : 0,
    schema: schema.value,
    feed: live.shown,
    whole: live.whole.feed,
    filter: live.filter,
    pending: live.waiting,
    progress: live.progress,
    error: live.error,
    query: location.search,
  };
}

/** Which hours a range of time is compared with; null if those that are shown are enough. */
function aroundOf(filter) {
  return comparisonOf(location.search) !== null && hasRange(filter) ? withoutRange(filter) : null;
}

function draw() {
  useZone();
  const fresh = buildWhenKnown(live.whole.feed);
  const around = aroundOf(live.filter);
  live.setAround(around === null || isAll(around) ? null : around);
  const shown = model();
  header.draw(shown, shown.now);
  entrance.draw(denied);
  findings.draw(status, isOpen(location.search, 'findings'));
  const hidden = at('face').childElementCount > 0 || board === null;
  roots.dashboard.hidden = hidden;
  roots.foot.hidden = hidden;
  // There is nothing to hold on to yet.
  at('pause').hidden = shown.feed.version < 0;
  // Charts that were just made find out their size once they are on the page.
  if (hidden || fresh) drawNothing(fresh);
  else drawBoard(shown);
  header.facts({ ...shown, feed: drawn ?? shown.feed }, shown.now);
  if (!hidden) {
    drawer.draw(shown, dimensions);
    if (embeddedOf(location.search) === null) analyses.draw(shown, dimensions);
  }
}

function drawNothing(fresh) {
  drawn = null;
  document.documentElement.dataset.version = '';
  if (fresh) redraw();
}

/** `data-shown` is the version of all that is in view, `data-version` that of all numbers, empty while they are not those that were asked for. */
function drawBoard(model) {
  const { shown, all, again } = board.draw(model);
  drawn = shown ?? drawn;
  clearTimeout(later);
  if (again === 0) redraw();
  else if (again !== null) later = setTimeout(redraw, again);
  const { dataset } = document.documentElement;
  if (shown !== null) dataset.shown = shown.version;
  if (model.pending) dataset.version = '';
  else if (all !== null) dataset.version = all.version;
}

/** The cards are made when the dimensions are known, and again if the table comes back with others; true if they just were. */
function buildWhenKnown(whole) {
  if (whole === EMPTY || !schema.answered) return false;
  const names = (schema.value?.dimensions ?? []).map(({ name }) => name).filter((name) => whole.views.has(name));
  dimensions =
    names.length > 0
      ? names
      : [...whole.views.keys()].filter((name) => !['totals', 'hourly', 'heatmap', 'other'].includes(name));
  const key = JSON.stringify([zone, dimensions, whole.views.has('hourly'), whole.views.has('heatmap')]);
  if (key === boardFor) return false;
  boardFor = key;
  board?.destroy();
  board = dashboard(roots, dimensions, new Set(whole.views.keys()), {
    filter: () => live.filter,
    setFilter: choose,
    showRows: (filter) => set('rows', toQuery(filter, '', dimensions)),
    redraw,
    query: () => location.search,
    open,
    copyLink: () => copyText(location.href),
    set,
    presets,
    model,
    copyText,
    embedded: embeddedOf(location.search),
  });
  const asked = fromQuery(location.search, dimensions);
  if (!isAll(asked) && isAll(live.filter)) live.setFilter(asked);
  return true;
}

function choose(filter) {
  if (keyOf(filter) === keyOf(live.filter)) return;
  go(toQuery(filter, location.search, dimensions));
  live.setFilter(filter);
}

function set(name, value) {
  goAndDraw(withSetting(location.search, name, value));
}

function goAndDraw(query) {
  go(query);
  redraw();
}

/** Shows what a query says, as if the page had been opened with it. */
function open(query) {
  go(query);
  follow();
}

/** Takes filter and settings from the address. */
function follow() {
  const asked = board === null ? ALL : fromQuery(location.search, dimensions);
  if (keyOf(asked) !== keyOf(live.filter)) live.setFilter(asked);
  redraw();
}

/** The address says in which zone times are shown; what shows times is made anew when it is another. */
function useZone() {
  if (zoneOf(location.search) === zone) return;
  zone = zoneOf(location.search);
  offset = offsetsOf(zone);
  format.useZone(zone);
}

function go(query) {
  history.pushState(null, '', query === '' ? location.pathname : `?${query}`);
}

function received(next) {
  status = next;
  statusAt = Date.now();
  const served = next.version >= 0;
  if (served && live.whole.error !== null) live.retry();
  const behind = served && socket.state === 'open' && !live.paused && next.version > live.whole.feed.version;
  behindSince = behind ? (behindSince ?? statusAt) : null;
  if (behindSince !== null && statusAt - behindSince > DEAD) {
    behindSince = null;
    socket.reconnect();
  }
  redraw();
}

/** Begins again with what the token opens. */
function enter() {
  denied = false;
  statusAt = 0;
  socket.reconnect();
  beat();
}

async function beat() {
  if (document.hidden) return;
  // A new cookie in time, or once the old one was found to have ended.
  if ((await entrance.session.renew(denied)) && denied) enter();
  if (!asking && api.patience.left === 0 && (wanted || Date.now() - statusAt > SILENCE)) {
    wanted = false;
    asking = true;
    const answer = await api.status();
    asking = false;
    // Whoever is asked to wait was not told whether it is let in.
    if (answer !== null || api.patience.left === 0) denied = answer === api.DENIED;
    if (answer !== null && !denied) received(answer);
  }
  redraw();
}

function drawPause() {
  const button = at('pause');
  button.replaceChildren(live.paused ? icon('M5 3.5v9l7.5-4.500Z') : icon('M5.5 3.500v9M10.5 3.500v9'));
  button.title = live.paused ? 'Go on with the newest version' : 'Pause at this version';
  button.setAttribute('aria-label', button.title);
  button.setAttribute('aria-pressed', String(live.paused));
}

at('pause').addEventListener('click', () => {
  live.pause(!live.paused);
  drawPause();
});
document.addEventListener('visibilitychange', () => {
  live.hide(document.hidden);
  alerts.hide(document.hidden);
  if (!document.hidden) beat();
});
globalThis.addEventListener('popstate', follow);
api.whenAskedToWait(() => {
  socket.hold();
  redraw();
});
for (const part of ['findings', 'analyses']) {
  at(part).addEventListener('toggle', ({ target }) => {
    if (target !== at(part) || target.open === isOpen(location.search, part)) return;
    history.replaceState(null, '', `?${withOpen(location.search, part, target.open)}`);
    redraw();
  });
}
document.documentElement.toggleAttribute('data-embed', embeddedOf(location.search) !== null);
watchTheme(at('theme'), () => board?.renew());
drawPause();
live.hide(document.hidden);
entrance.session.renew().finally(() => {
  socket.connect();
  beat();
});
setInterval(beat, 1000);
