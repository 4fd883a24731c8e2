/**
 * Which rows are shown. Pure, and never changed in place: `from` and `to` are null, or a day (YYYY-MM-DD, UTC, included), or
 * an instant (of which `to` is not included), as REST takes them. `values` maps a dimension's name to the Set of accepted
 * values, where null is the null value. A dimension that is not there accepts all.
 */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/;
const DAY_LENGTH = 86_400_000;

export const ALL = Object.freeze({ from: null, to: null, values: new Map() });

export function isAll(filter) {
  return filter.from === null && filter.to === null && filter.values.size === 0;
}

/** The filter with one value of a dimension switched on, or off if it was on. */
export function toggled(filter, dimension, value) {
  const chosen = new Set(filter.values.get(dimension));
  if (!chosen.delete(value)) chosen.add(value);
  return withValues(filter, dimension, chosen);
}

/** The filter with just these values of a dimension; none means all. */
export function withValues(filter, dimension, chosen) {
  const values = new Map(filter.values);
  if (chosen.size === 0) values.delete(dimension);
  else values.set(dimension, new Set(chosen));
  return { ...filter, values };
}

/** The filter with these days; ends that are the wrong way round are swapped, what is no day is left open. */
export function withDays(filter, from, to) {
  const [a, b] = [day(from), day(to)];
  return a !== null && b !== null && a > b ? { ...filter, from: b, to: a } : { ...filter, from: a, to: b };
}

function day(text) {
  return DAY.test(text ?? '') && !Number.isNaN(Date.parse(text)) ? text : null;
}

/**
 * The filter with the time from `start` until before `end`, in milliseconds; null leaves an end open. Whole UTC days are
 * written as days.
 */
export function withRange(filter, start, end) {
  const whole = (at) => at === null || at % DAY_LENGTH === 0;
  if (whole(start) && whole(end)) {
    return withDays(filter, start === null ? null : dayText(start), end === null ? null : dayText(end - DAY_LENGTH));
  }
  return { ...filter, from: instantText(start), to: instantText(end) };
}

const dayText = (at) => new Date(at).toISOString().slice(0, -14);
const instantText = (at) => (at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z'));

/** From when until before when, {start, end} in milliseconds; an open end is infinite. */
export function rangeOf({ from, to }) {
  return {
    start: from === null ? -Infinity : Date.parse(from),
    end: to === null ? Infinity : Date.parse(to) + (DAY.test(to) ? DAY_LENGTH : 0),
  };
}

/** True if the range of time has two ends, or one. */
export const hasRange = (filter) => filter.from !== null || filter.to !== null;

/** True if the range is one of whole days. */
export const isDays = ({ from, to }) => [from, to].every((text) => text === null || DAY.test(text));

export const withoutRange = (filter) => ({ ...filter, from: null, to: null });

/** Takes the two ends as an address has them; what is no time is left open, and two days are put in order. */
function withEnds(filter, from, to) {
  const [a, b] = [from, to].map((text) => (INSTANT.test(text ?? '') && !Number.isNaN(Date.parse(text)) ? text : null));
  if (a === null && b === null) return withDays(filter, from, to);
  return { ...filter, from: a ?? day(from), to: b ?? day(to) };
}

/** Reads the filter from a query; of its parameters only those that name one of the dimensions count. */
export function fromQuery(query, dimensions) {
  const parameters = new URLSearchParams(query);
  const nulls = new Set(parameters.getAll('null'));
  let filter = withEnds(ALL, parameters.get('from'), parameters.get('to'));
  for (const dimension of dimensions) {
    const chosen = new Set(parameters.getAll(dimension));
    if (nulls.has(dimension)) chosen.add(null);
    filter = withValues(filter, dimension, chosen);
  }
  return filter;
}

/** Writes the filter into a query, with the names that REST has, and leaves its other parameters alone. */
export function toQuery(filter, query, dimensions) {
  const parameters = new URLSearchParams(query);
  for (const name of ['from', 'to', 'null', ...dimensions]) parameters.delete(name);
  for (const [name, values] of Object.entries(toMessage(filter))) {
    for (const value of [values].flat()) parameters.append(name, value);
  }
  return parameters.toString();
}

/** The filter as the live socket takes it: the names and meaning of REST. */
export function toMessage(filter) {
  const message = {};
  if (filter.from !== null) message.from = filter.from;
  if (filter.to !== null) message.to = filter.to;
  const nulls = [];
  for (const [dimension, chosen] of filter.values) {
    const texts = [...chosen].filter((value) => value !== null);
    if (texts.length > 0) message[dimension] = texts;
    if (chosen.has(null)) nulls.push(dimension);
  }
  if (nulls.length > 0) message.null = nulls;
  return message;
}

/** Same text for filters that accept the same rows. */
export function keyOf(filter) {
  const values = [...filter.values].map(([dimension, chosen]) => [dimension, [...chosen].sort(), chosen.has(null)]);
  return JSON.stringify([filter.from, filter.to, values.sort()]);
}
