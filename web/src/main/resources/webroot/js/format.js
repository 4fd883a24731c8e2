/** Numbers, times and values as text, by the browser's locale. Times are UTC. */
import { OTHER } from './series.js';

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const utc = (options) => new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', ...options });
const dayFormat = utc({ day: 'numeric', month: 'short', year: 'numeric' });
const dayShort = utc({ day: 'numeric', month: 'short' });
const monthFormat = utc({ month: 'short', year: 'numeric' });
const timeFormat = utc({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const hourFormat = utc({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const momentFormat = utc({
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

export const count = (n) => whole.format(n);
export const many = (n, thing) => `${count(n)} ${thing}${n === 1 ? '' : 's'}`;
export const compact = (n) => short.format(n);
export const change = (n) => signed.format(n);
export const percent = (part, all) => share.format(all > 0 ? part / all : 0);
export const day = (moment) => dayFormat.format(new Date(moment));
export const dayAndMonth = (moment) => dayShort.format(new Date(moment));
export const month = (moment) => monthFormat.format(new Date(moment));
export const time = (moment) => timeFormat.format(new Date(moment));
export const moment = (at) => `${momentFormat.format(new Date(at))} UTC`;
export const hour = (start) => `${hourFormat.format(new Date(start))}–${time(start + 3_600_000)} UTC`;

/** Length of time in at most two units; fractions only below ten seconds. */
export function duration(seconds) {
  if (seconds < 10) return unit(Math.max(0, Math.round(seconds * 10) / 10), 'second');
  if (seconds < 60) return unit(Math.round(seconds), 'second');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return [unit(hours, 'hour'), unit(minutes % 60, 'minute')].join(' ');
  return [unit(Math.floor(hours / 24), 'day'), unit(hours % 24, 'hour')].join(' ');
}

function unit(n, name) {
  return new Intl.NumberFormat(undefined, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(n);
}

export function bytes(n) {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];
  const step = n < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(n) / 3));
  const options = { style: 'unit', unit: steps[step], unitDisplay: 'short', maximumFractionDigits: step === 0 ? 0 : 1 };
  return new Intl.NumberFormat(undefined, options).format(n / 1000 ** step);
}

/** Control characters and marks that turn the writing direction, which could make a value look like something else. */
const DECEPTIVE = /[\p{Cc}\p{Bidi_Control}]/gu;

/** A value of the table as one line of text, no longer than `limit`. */
export function value(raw, limit = 120) {
  if (raw === OTHER) return 'other';
  if (raw === null || raw === undefined) return '(null)';
  if (raw === '') return '(empty)';
  const text = raw.replace(DECEPTIVE, '\uFFFD');
  return text.length <= limit ? text : `${[...text].slice(0, limit - 1).join('')}…`;
}

/** A dimension's name for reading: event_type becomes Event type. */
export function title(name) {
  const text = value(name, 40).replace(/[_-]+/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
