/**
 * A range of time as four fields: first and last day (YYYY-MM-DD, both included) and, where it begins or ends within a day, a time
 * (HH:MM or HH:MM:SS) of each; '' where there is none. All in UTC. Pure.
 */
const DAY = 86_400_000;
const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The fields of a filter's range. */
export function partsOf({ from, to }) {
  const [fromDay, fromTime] = split(from);
  // What ends with midnight has the whole of the day before.
  const midnight = to !== null && !IS_DAY.test(to) && Date.parse(to) % DAY === 0;
  const [toDay, toTime] = midnight ? [split(new Date(Date.parse(to) - DAY).toISOString())[0], ''] : split(to);
  return { fromDay, fromTime, toDay, toTime };
}

function split(end) {
  if (end === null || IS_DAY.test(end)) return [end ?? '', ''];
  const text = new Date(end).toISOString();
  const day = text.slice(0, -14);
  const time = text.slice(-13, -5);
  // Years that a field cannot hold.
  if (!IS_DAY.test(day)) return ['', ''];
  return [day, time.endsWith(':00') ? time.slice(0, 5) : time];
}

/**
 * From when until before when, {start, end} in milliseconds, null where open; days that are the wrong way round are swapped.
 * Null for a range that ends before it begins.
 */
export function rangeOfParts({ fromDay, fromTime, toDay, toTime }) {
  const [first, last] = fromDay !== '' && toDay !== '' && fromDay > toDay ? [toDay, fromDay] : [fromDay, toDay];
  const start = first === '' ? null : Date.parse(`${first}T${fromTime || '00:00'}Z`);
  const end = last === '' ? null : toTime === '' ? Date.parse(last) + DAY : Date.parse(`${last}T${toTime}Z`);
  return start !== null && end !== null && start >= end ? null : { start, end };
}
