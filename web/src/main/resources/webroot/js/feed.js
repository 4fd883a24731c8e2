/**
 * What one subscription knows, made from the messages of the live socket. Pure: no clock, no page, no network.
 *
 * A feed is never changed in place. A view that a message does not touch keeps its identity, so whoever draws can tell
 * with `===` that there is nothing to draw.
 *
 * `views` maps a view's name to its content: `totals` to an object, `hourly` to Hours (from milliseconds to count), `heatmap`
 * to a Map from a key to {values, count}, and each dimension to a Map from value to count. null and '' are two values. Where a
 * view has more groups than are served, `other` maps its name to the events of the rest.
 */

import { Hours } from './hours.js';

/** Events of a view's groups that are not served by themselves. */
export const otherOf = (feed, view) => feed.views.get('other')?.get(view) ?? 0;

/** Years beyond 9999 have a sign, and in JavaScript six digits. */
const LONG_YEAR = /^([+-])(\d+)/;
const DIGIT = '0'.charCodeAt(0);

/** Nothing is known yet. No update follows it, whatever its version. */
export const EMPTY = Object.freeze({ epoch: null, version: -1, committedAt: null, views: new Map() });

/** True if the message can be applied to the feed without a hole: a snapshot always can. */
export function follows(feed, message) {
  return message.op === 'snapshot' || (feed.epoch !== null && message.from <= feed.version);
}

/** The feed after a message. What is a repeat, does not follow, or is no snapshot or update, changes nothing. */
export function reduce(feed, message) {
  if (message.op === 'snapshot') {
    return {
      epoch: message.epoch,
      version: message.version,
      committedAt: message.committedAt ?? null,
      views: changed(new Map(), message.views),
    };
  }
  if (message.op !== 'update' || message.version <= feed.version || !follows(feed, message)) return feed;
  return {
    epoch: feed.epoch,
    version: message.version,
    committedAt: message.committedAt ?? feed.committedAt,
    views: changed(feed.views, message.views),
  };
}

/** New totals put over old views; a count of 0 takes the group away. */
function changed(views, changes) {
  const result = new Map(views);
  for (const [name, change] of Object.entries(changes ?? {})) {
    if (name === 'totals') result.set(name, { ...views.get(name), ...change });
    else if (name === 'hourly') result.set(name, (views.get(name) ?? Hours.NONE).with(countsOf(change)));
    else if (name === 'other') result.set(name, unlisted(views.get(name), change));
    else result.set(name, regrouped(name, views.get(name), change));
  }
  return result;
}

/** By view, the events of groups that are not listed; what is 0 is not there. */
function unlisted(before, change) {
  const rows = new Map([...(before ?? []), ...Object.entries(change)]);
  for (const [name, count] of rows) if (count === 0) rows.delete(name);
  return rows;
}

function countsOf(rows) {
  const counts = new Map(rows.map(({ hour, count }) => [instantOf(hour), count]));
  counts.delete(NaN); // an hour beyond the calendar of JavaScript, which ends in the year 275760
  return counts;
}

function regrouped(name, groups, rows) {
  const result = new Map(groups);
  for (const row of rows) {
    const key = keyOf(name, row);
    if (row.count === 0) result.delete(key);
    else result.set(key, name === 'heatmap' ? pair(row) : row.count);
  }
  return result;
}

function keyOf(name, row) {
  if (name === 'heatmap') return JSON.stringify(Object.entries(pair(row).values).sort());
  return row.value;
}

function instantOf(hour) {
  const usual = hour.charCodeAt(0) >= DIGIT;
  return Date.parse(usual ? hour : hour.replace(LONG_YEAR, (_, sign, year) => sign + year.padStart(6, '0')));
}

/** The two dimensions' values by the dimensions' names, apart from the count. */
function pair({ count, ...values }) {
  return { values, count };
}
