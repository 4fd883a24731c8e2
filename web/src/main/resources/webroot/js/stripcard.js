/** The last hour, minute by minute, and the commits that made it. */
import * as api from './api.js';
import { card, late } from './cards.js';
import { stripChart } from './charts/strip.js';
import { lastHour, leavesHole, MINUTE, netOf, NO_COMMITS, taken, wantedCommits } from './commits.js';
import { el } from './dom.js';
import * as format from './format.js';
import { AGAIN } from './turns.js';

/** Commits are asked for at most so often. */
const PAUSE = 2000;

/** @param redraw is called when there is something new to draw */
export function stripCard(redraw) {
  const canvas = el('canvas', { role: 'img' });
  const list = el('tbody');
  const details = el(
    'details',
    { class: 'commits' },
    el('summary', { textContent: 'Latest commits' }),
    el(
      'div',
      { class: 'rows-scroll', tabIndex: 0, role: 'group', 'aria-label': 'Latest commits, scrolls' },
      el(
        'table',
        { class: 'rows' },
        el('thead', {}, el('tr', {}, ['Version', 'Committed', 'Operation', 'Rows', 'Files', 'Size', 'Written by'].map(heading))),
        list,
      ),
    ),
  );
  details.addEventListener('toggle', redraw);
  const frame = card('minutes', 'Last hour by minute', 12, el('div', {}, el('div', { class: 'plot strip' }, canvas), details));
  const chart = late(() => stripChart(canvas));
  frame.element.hidden = true;
  let log = NO_COMMITS;
  let missing = false;
  let busy = false;
  let notBefore = 0;
  let drawn = [];

  async function ask(version) {
    busy = true;
    let answer = await api.commits(wantedCommits(log, version));
    if (answer !== null && answer !== api.NOT_THERE && leavesHole(log, answer))
      answer = await api.commits(wantedCommits(NO_COMMITS, version));
    busy = false;
    notBefore = Date.now() + PAUSE;
    missing = answer === api.NOT_THERE;
    if (answer !== null && !missing) log = taken(log, answer);
    redraw();
  }

  return {
    ...frame,
    renew: chart.renew,
    draw({ whole, now, paused }) {
      const behind = log.epoch !== whole.epoch || log.newest < whole.version;
      if (behind && !busy && !missing && !paused && now >= notBefore) ask(whole.version);
      frame.element.hidden = log === NO_COMMITS;
      const parts = [log, Math.floor(now / MINUTE), details.open];
      if (log === NO_COMMITS || parts.every((part, index) => part === drawn[index])) return false;
      const minutes = lastHour(log, now);
      if (chart.draw(minutes) === AGAIN) return AGAIN;
      drawn = parts;
      frame.say(noteOf(minutes, log));
      if (details.open) list.replaceChildren(...log.list.map(commitRow));
      return true;
    },
  };
}

const heading = (text) => el('th', { scope: 'col', textContent: text });

function noteOf(minutes, { since }) {
  const [rows, commits] = ['added', 'commits'].map((name) => minutes.reduce((sum, minute) => sum + minute[name], 0));
  const from = since > minutes[0].start ? ` · commits before ${format.time(since)} are not remembered` : '';
  return `${format.many(rows, 'new row')} in ${format.many(commits, 'commit')}, each in the minute of its commit, of the whole table${from}`;
}

function commitRow(commit) {
  const { version, committedAt, operation, engine, user, files, bytes, rows } = commit;
  const by = [engine, user].filter((part) => typeof part === 'string').map((part) => format.value(part, 80));
  const flow = (pair, text) =>
    pair === null || pair === undefined ? '–' : `+${text(pair.added)}${pair.removed > 0 ? ` −${text(pair.removed)}` : ''}`;
  const cells = [
    format.count(version),
    format.moment(committedAt),
    format.value(operation ?? '–', 60),
    rows === null && netOf(commit) !== 0 ? `${format.change(netOf(commit))} with those before` : flow(rows, format.count),
    flow(files, format.count),
    flow(bytes, format.bytes),
    by.join(', ') || '–',
  ];
  return el('tr', {}, cells.map((text) => el('td', {}, el('bdi', { textContent: text }))));
}

