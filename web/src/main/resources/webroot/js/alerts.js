/** Alerts as the server tells them, in words and as a form has them. Pure but for the locale. */
import { ALL, toMessage } from './filter.js';
import * as format from './format.js';

/** As in the table of the dashboard: a name that may hold anything, on one line. */
const LONGEST = 100;
const ORDER = ['firing', 'pending', 'ok', 'unknown'];
const STATES = { firing: 'Firing', pending: 'About to fire', ok: 'All right', unknown: 'Not measured yet' };
const TONES = { firing: 'bad', pending: 'warn', ok: 'good', unknown: 'idle' };
const OF = { events: 'events', 'no-time': 'events without a time', sessions: 'sessions' };

export const KINDS = [
  ['value', 'Number of events or sessions'],
  ['change', 'Change of events'],
  ['freshness', 'Freshness'],
  ['state', 'State of the table'],
];

/** What is known, by name, after a message of the socket. `round` counts connections. */
export function told(known, { op: _, ...alert }, round) {
  const next = new Map(known);
  if (alert.state === 'deleted') next.delete(alert.name);
  else next.set(alert.name, { ...alert, round });
  return next;
}

/** What is known after the whole list was read, of which the socket may have told something newer meanwhile. */
export function listed(known, list, round) {
  const next = new Map();
  for (const alert of list) {
    const held = known.get(alert.name);
    const newer = held !== undefined && held.round === round && (held.at ?? '') > (alert.at ?? '');
    next.set(alert.name, newer ? held : { ...alert, round });
  }
  for (const [name, held] of known) if (held.round === round && !next.has(name)) next.set(name, held);
  return next;
}

/** Those that fire first, then by name. */
export function inOrder(known) {
  return [...known.values()].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

export const firing = (known) => inOrder(known).filter(({ state }) => state === 'firing');

/** One turn of one alert: the same text for the same turn. */
export const turnOf = ({ name, since }) => JSON.stringify([name, since]);

/** {tone, title, state, text, rule} of an alert, for reading. */
export function words(alert) {
  return {
    tone: TONES[alert.state] ?? 'idle',
    title: format.value(alert.name, LONGEST),
    state: STATES[alert.state] ?? '',
    text: `${measured(alert)}${since(alert)}`,
    rule: rule(alert),
  };
}

const inTheLast = (hours) => ` in the last ${hours === 1 ? 'whole hour' : `${format.count(hours)} whole hours`}`;

function measured(alert) {
  const { kind, value } = alert;
  if (kind === 'state') return value === null ? 'Not known yet' : `The table is ${format.value(String(value), 40)}`;
  if (typeof value !== 'number') return alert.state === 'unknown' ? 'Not measured yet' : 'There is no value now';
  if (kind === 'freshness') return `${format.duration(value)} ${alert.of === 'commit' ? 'since the last commit' : 'behind'}`;
  if (kind === 'change') {
    const by = alert.unit === 'percent' ? format.changeShare(value / 100) : `${format.change(value)} events`;
    return `${by}${inTheLast(alert.hours)}`;
  }
  return `${format.count(value)} ${OF[alert.of]}${alert.hours === undefined ? '' : inTheLast(alert.hours)}`;
}

function since({ state, since: at }) {
  return at === null || at === undefined || state === 'unknown' ? '' : `, ${STATES[state].toLowerCase()} since ${format.moment(Date.parse(at))}`;
}

/** When it fires, as a sentence. */
export function rule(alert) {
  const lasting = alert.forSeconds > 0 ? ` for ${format.duration(alert.forSeconds)}` : '';
  if (alert.kind === 'state') return `Fires when the table is ${(alert.states ?? []).join(' or ')}${lasting}.`;
  const way = alert.above === undefined ? 'below' : 'above';
  const limit = number(alert, alert.above ?? alert.below);
  const clear = alert.clear === undefined || alert.clear === (alert.above ?? alert.below) ? '' : `; over at ${number(alert, alert.clear)}`;
  return `Fires when ${subject(alert)} ${alert.kind === 'value' ? 'are' : 'is'} ${way} ${limit}${lasting}${clear}.`;
}

function number({ kind, unit }, value) {
  if (kind === 'freshness') return format.duration(value);
  return kind === 'change' && unit === 'percent' ? format.changeShare(value / 100) : format.count(value);
}

function subject(alert) {
  if (alert.kind === 'freshness') return alert.of === 'commit' ? 'the time since the last commit' : 'the time behind';
  const hours = alert.hours === undefined ? '' : inTheLast(alert.hours);
  const what = alert.kind === 'change' ? 'the change of events' : OF[alert.of];
  return `${what}${hours}${filterWords(alert.filter)}`;
}

/** What a filter of REST selects, in words; empty if that is everything. */
export function filterWords(filter) {
  const { from, to, null: nulls, ...values } = filter ?? {};
  const parts = Object.entries(values).map(
    ([name, chosen]) => `${format.title(name).toLowerCase()} ${[chosen].flat().map((value) => format.value(value, 40)).join(' or ')}`,
  );
  for (const name of [nulls ?? []].flat()) parts.push(`${format.title(name).toLowerCase()} ${format.value(null)}`);
  if (from !== undefined) parts.push(`from ${format.value(from, 40)}`);
  if (to !== undefined) parts.push(`until ${format.value(to, 40)}`);
  return parts.length === 0 ? '' : ` of ${parts.join(', ')}`;
}

/** What a form shows of an alert, all texts; of a new one without one. */
export function formOf(alert) {
  const { kind = 'value', of, hours, unit = 'percent', above, below, clear, forSeconds = 0 } = alert ?? {};
  const limit = above ?? below;
  return {
    name: alert?.name ?? '',
    kind,
    of: of ?? (kind === 'freshness' ? 'behind' : 'events'),
    hours: hours === undefined ? '' : String(hours),
    unit,
    way: below === undefined ? 'above' : 'below',
    limit: limit === undefined ? '' : String(limit),
    clear: clear === undefined || clear === limit ? '' : String(clear),
    seconds: String(forSeconds),
  };
}

/**
 * The alert that a form stands for, as REST takes it.
 *
 * @param form as `formOf` makes it
 * @param filter of the page, or the one that the alert had, as REST has it
 * @param states that the alert had; undefined for the usual ones
 */
export function definitionOf(form, filter, states) {
  const definition = { kind: form.kind, forSeconds: wholeOf(form.seconds, 0) };
  if (form.kind === 'state') return states === undefined ? definition : { ...definition, states };
  definition[form.kind === 'freshness' ? 'above' : form.way] = Number(form.limit);
  if (form.clear !== '') definition.clear = Number(form.clear);
  if (form.kind === 'value' || form.kind === 'freshness') definition.of = form.of;
  if (form.kind === 'change') definition.unit = form.unit;
  if (form.kind === 'change' || (form.kind === 'value' && form.of === 'events' && form.hours !== '')) {
    definition.hours = wholeOf(form.hours, 1);
  }
  if (form.kind !== 'freshness' && form.of !== 'sessions') definition.filter = filter;
  return definition;
}

const wholeOf = (text, otherwise) => (text.trim() === '' ? otherwise : Number(text));

/** The filter of the page as an alert may have it: hours move, so a range cannot stay. */
export function filterFor(filter, form) {
  const moves = form.kind === 'change' || (form.hours !== '' && form.of === 'events') || form.of === 'no-time';
  return toMessage(moves ? { ...filter, from: null, to: null } : (filter ?? ALL));
}
