/** Numbers, times and values as text, by the browser's locale; times in the zone that `useZone` set. */
import { OTHER } from './series.js';

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const signedShare = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});
const utcDay = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
const utcDayShort = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', day: 'numeric', month: 'short' });
/** The zone in which times are shown, and its formats. */
let zone = 'UTC';
let times = formatsOf(zone);

function formatsOf(timeZone) {
  const of = (options) => new Intl.DateTimeFormat(undefined, { timeZone, ...options });
  const [day, month, year] = [{ day: 'numeric' }, { month: 'short' }, { year: 'numeric' }];
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return {
    day: of({ ...day, ...month, ...year }),
    dayAndMonth: of({ ...day, ...month }),
    month: of({ ...month, ...year }),
    time: of(time),
    hour: of({ weekday: 'short', ...day, ...month, ...year, ...time }),
    moment: of({ ...day, ...month, ...time, second: '2-digit' }),
    full: of({ ...day, ...month, ...year, ...time, second: '2-digit', fractionalSecondDigits: 3 }),
  };
}

/** Shows times in another zone from now on; what was drawn before must be drawn again. */
export function useZone(name) {
  if (name === zone) return;
  times = formatsOf(name);
  zone = name;
}

/** Name of the zone for reading: UTC, or the last part of Continent/City. */
export const zoneName = () => zone.split('/').at(-1).replace(/_/g, ' ');

export const count = (n) => whole.format(n);
export const many = (n, thing) => `${count(n)} ${thing}${n === 1 ? '' : 's'}`;
export const compact = (n) => short.format(n);
export const change = (n) => signed.format(n);
export const changeShare = (part) => signedShare.format(part);
export const percent = (part, all) => share.format(all > 0 ? part / all : 0);
/** A day YYYY-MM-DD, which is a day of UTC whatever the zone. */
export const day = (text) => utcDay.format(new Date(text));
export const dayAndMonth = (text) => utcDayShort.format(new Date(text));
export const localDay = (at) => times.day.format(new Date(at));
export const localDayAndMonth = (at) => times.dayAndMonth.format(new Date(at));
export const month = (at) => times.month.format(new Date(at));
export const time = (at) => times.time.format(new Date(at));
export const moment = (at) => `${times.moment.format(new Date(at))} ${zoneName()}`;
export const fullMoment = (at) => times.full.format(new Date(at));
export const hour = (start) => `${times.hour.format(new Date(start))}–${time(start + 3_600_000)} ${zoneName()}`;
export const hourStart = (at) => `${times.dayAndMonth.format(new Date(at))}, ${time(at)}`;

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

/** Formats of units, which are dear to make. */
const units = new Map();

function unit(n, name, options = { unitDisplay: 'narrow' }) {
  if (!units.has(name)) units.set(name, new Intl.NumberFormat(undefined, { style: 'unit', unit: name, ...options }));
  return units.get(name).format(n);
}

export function bytes(n) {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];
  const step = n < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(n) / 3));
  return unit(n / 1000 ** step, steps[step], { unitDisplay: 'short', maximumFractionDigits: step === 0 ? 0 : 1 });
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
