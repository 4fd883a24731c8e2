/** Hours, days and weeks of a time zone, and one period beside another. Pure. */
import { Hours } from './hours.js';
import { days, hourPoints } from './series.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

export const GRAINS = ['hour', 'day', 'week'];

/** Lengths that the newest hours are compared by while no range is chosen, the longest that fits. */
const USUAL = [28 * DAY, WEEK, DAY, HOUR];

export const UTC = () => 0;

/**
 * How far a zone's clocks are ahead of UTC.
 *
 * @param zone name as in the IANA data base
 * @returns a function of an instant; both in milliseconds. UTC if there is no such zone
 */
export function offsetsOf(zone) {
  if (zone === 'UTC') return UTC;
  const parts = { hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' };
  let clock;
  try {
    clock = new Intl.DateTimeFormat('en-US-u-ca-gregory', { timeZone: zone, era: 'short', ...parts });
  } catch {
    return UTC;
  }
  const known = new Map();
  return (at) => {
    const hour = Math.floor(at / HOUR) * HOUR;
    if (!known.has(hour)) {
      if (known.size > 100_000) known.clear();
      known.set(hour, offsetAt(clock, hour));
    }
    return known.get(hour);
  };
}

function offsetAt(clock, at) {
  const { year, month, day, hour, minute, era } = Object.fromEntries(
    clock.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  const date = new Date(0);
  date.setUTCFullYear(era.startsWith('B') ? 1 - year : year, month - 1, day);
  date.setUTCHours(hour, minute);
  return date.getTime() - at;
}

/** True if the zone's days begin with an hour of UTC, so that they can be summed from hours. */
export const wholeHours = (offset, at) => offset(at) % HOUR === 0;

/** When the hour, the day or the ISO week (from Monday) that an instant is in began. */
export function startOf(at, grain, offset = UTC) {
  if (grain === 'hour') return Math.floor(at / HOUR) * HOUR;
  const local = at + offset(at);
  const day = Math.floor(local / DAY);
  // 1970 began with a Thursday.
  const first = grain === 'week' ? day - ((((day + 3) % 7) + 7) % 7) : day;
  const near = first * DAY - offset(at);
  return first * DAY - offset(near);
}

/** When the next one begins; a day may have 23 or 25 hours. */
export function nextStart(start, grain, offset = UTC) {
  if (grain === 'hour') return start + HOUR;
  return startOf(start + (grain === 'week' ? WEEK : DAY) + DAY / 2, grain, offset);
}

/**
 * Sums of hours as points {x: start, y: count} in time order; where some are missing the line goes down to zero at both
 * edges of the gap, as in `hourPoints`.
 *
 * @param hours Hours
 */
export function pointsOf(hours, grain, offset = UTC) {
  if (grain === 'hour') return hourPoints(hours);
  const sums = new Map();
  hours?.forEach((count, hour) => {
    const start = startOf(hour, grain, offset);
    sums.set(start, (sums.get(start) ?? 0) + count);
  });
  const points = [];
  let due = null;
  for (const [x, y] of [...sums].sort((a, b) => a[0] - b[0])) {
    if (due !== null && due < x) {
      points.push({ x: due, y: 0 });
      const last = startOf(x - HOUR, grain, offset);
      if (last > due) points.push({ x: last, y: 0 });
    }
    points.push({ x, y });
    due = nextStart(x, grain, offset);
  }
  return points;
}

/** Events from `start` until before `end`. */
export function countWithin(hours, { start, end }) {
  let count = 0;
  hours?.forEach((n, hour) => {
    if (hour >= start && hour < end) count += n;
  });
  return count;
}

/**
 * A period of whole, finished hours beside one of the same length before it. Of a range that is still going on only what
 * has passed is compared, with the same part of the period before; without an end it ends with the last finished hour, day or week, and without a beginning it is
 * the newest 28 days, week, day or hour.
 *
 * @param hours Hours of all times
 * @param range {start, end}; infinite where open
 * @param mode 'before': the period that ends where this one begins; 'week': the same hours one week earlier
 * @param now the hour of this instant is not finished
 * @returns {current, before}, each {start, end, count}, with {shift, change, share}, `share` null if nothing was before;
 *     or null if the table does not reach back over the whole period before
 */
export function compared(hours, range, mode, now, grain = 'hour', offset = UTC) {
  const span = days(hours);
  if (span === null) return null;
  const [first, last] = [span.firstHour, span.lastHour + HOUR];
  const newest = startOf(Math.min(last, now), grain, offset);
  const end = Number.isFinite(range.end) ? Math.min(range.end, last, startOf(now, 'hour')) : newest;
  const start = Number.isFinite(range.start) ? range.start : usualStart(end, range, first, mode);
  const whole = Number.isFinite(range.start) && Number.isFinite(range.end) ? range.end - range.start : end - start;
  const shift = mode === 'week' ? WEEK : whole;
  if (!(start < end) || start - shift < first || (mode === 'week' && end - start > WEEK)) return null;
  const current = { start, end, count: countWithin(hours, { start, end }) };
  const earlier = { start: start - shift, end: end - shift };
  const before = { ...earlier, count: countWithin(hours, earlier) };
  const change = current.count - before.count;
  return { current, before, shift, change, share: before.count === 0 ? null : change / before.count };
}

function usualStart(end, range, first, mode) {
  const fits = (length) => end - length - (mode === 'week' ? WEEK : length) >= first;
  const length = USUAL.filter((one) => mode !== 'week' || one <= WEEK).find(fits);
  return length === undefined ? NaN : end - length;
}

/** The period before as points that lie where the current period is; only hours, days or weeks that are in it wholly. */
export function shadowOf(hours, { current, before, shift }, grain, offset = UTC) {
  const moved = [];
  hours.forEach((n, hour) => {
    if (hour >= before.start && hour < before.end) moved.push([hour + shift, n]);
  });
  const whole = ({ x }) => x >= current.start && nextStart(x, grain, offset) <= current.end;
  return pointsOf(Hours.of(moved), grain, offset).filter(whole);
}
