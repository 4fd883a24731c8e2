/** Marks on an axis of time, at whole hours, days, months or years of a zone. Pure but for the locale. */
import * as format from '../format.js';
import { UTC } from '../periods.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STEPS = [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12_000, 24_000, 60_000, 600_000];

/**
 * At most about `most` ticks {value, text} between two instants in milliseconds.
 *
 * @param offset how far the zone's clocks are ahead of UTC at an instant
 */
export function timeTicks(min, max, most, offset = UTC) {
  const step = STEPS.find((candidate) => (max - min) / candidate <= most);
  return step === undefined ? monthTicks(min, max, most, offset) : evenTicks(min, max, step, offset);
}

function evenTicks(min, max, step, offset) {
  const ticks = [];
  for (let local = Math.ceil((min + offset(min)) / step) * step; ; local += step) {
    const value = instantOf(local, offset);
    if (value > max) return ticks;
    if (value < min) continue;
    const midnight = local % DAY === 0;
    const text =
      step >= DAY
        ? format.localDayAndMonth(value)
        : midnight
          ? [format.time(value), format.localDayAndMonth(value)]
          : format.time(value);
    ticks.push({ value, text });
  }
}

/** The instant at which the zone's clocks show a time, given as if it were of UTC. */
function instantOf(local, offset) {
  return local - offset(local - offset(local));
}

function monthTicks(min, max, most, offset) {
  const [first, last] = [monthOf(min), monthOf(max)];
  const step = MONTH_STEPS.find((candidate) => (last - first) / candidate <= most) ?? MONTH_STEPS.at(-1);
  const ticks = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const start = instantOf(startOf(month), offset);
    if (start >= min && start <= max) ticks.push({ value: start, text: format.month(start) });
  }
  return ticks;
}

const monthOf = (at) => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();

function startOf(month) {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  return date.getTime();
}
