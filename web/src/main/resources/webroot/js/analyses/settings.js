/**
 * What is to be analysed, kept in the query of the page's address: `funnel.by=type`, `funnel.step=a&funnel.step=b` in order,
 * `funnel.within=PT30M`, `cohort.unit=week`, `cohort.of=user_id`. Pure.
 */
import { toQuery, withValues } from '../filter.js';
import { withSetting } from '../settings.js';

export const LEAST_STEPS = 2;
export const MOST_STEPS = 10;

export const UNITS = ['day', 'week'];

/** What may be chosen as the time from the first step to the last; null for any. */
export const WITHIN = [null, 'PT5M', 'PT30M', 'PT1H', 'P1D', 'P7D'];

const one = (query, name) => new URLSearchParams(query).get(name);

/**
 * The funnel of an address, {by, steps, within}; what it does not say is usual: the dimension called type, or else the second or
 * first one, and its two most frequent values.
 *
 * @param values by dimension, its values in the order of their counts
 */
export function funnelOf(query, dimensions, values) {
  const wanted = one(query, 'funnel.by');
  const by = dimensions.includes(wanted) ? wanted : usualDimension(dimensions);
  const given = new URLSearchParams(query).getAll('funnel.step').slice(0, MOST_STEPS);
  const known = by === null ? [] : steppable(values(by));
  const steps = given.length >= LEAST_STEPS ? given : known.slice(0, LEAST_STEPS);
  return { by, steps, within: /^P/.test(one(query, 'funnel.within') ?? '') ? one(query, 'funnel.within') : null };
}

function usualDimension(dimensions) {
  return dimensions.includes('type') ? 'type' : (dimensions[1] ?? dimensions[0] ?? null);
}

/** Values that can be steps: null is none. */
export const steppable = (values) => values.filter((value) => value !== null);

/** The query with a funnel. Another dimension begins with its own usual steps. */
export function withFunnel(query, { by, steps, within }) {
  return withSetting(withSetting(withSetting(query, 'funnel.by', by), 'funnel.step', steps), 'funnel.within', within);
}

export const withStep = (steps, index, value) => steps.map((step, i) => (i === index ? value : step));
export const withoutStep = (steps, index) => (steps.length > LEAST_STEPS ? steps.filter((_, i) => i !== index) : steps);

/** The steps with one more: the most frequent value that is none yet, or the last one again. */
export function withOneMore(steps, values) {
  if (steps.length >= MOST_STEPS) return steps;
  return [...steps, steppable(values).find((value) => !steps.includes(value)) ?? steps.at(-1) ?? ''];
}

/** The steps with one of them moved by some places; as it was where there is no such place. */
export function moved(steps, index, by) {
  const to = index + by;
  if (to < 0 || to >= steps.length) return steps;
  const next = steps.filter((_, i) => i !== index);
  next.splice(to, 0, steps[index]);
  return next;
}

/** {unit, of} of an address; `of` null for the distinct column. */
export function cohortOf(query) {
  const unit = one(query, 'cohort.unit');
  return { unit: UNITS.includes(unit) ? unit : 'day', of: one(query, 'cohort.of') };
}

/** What REST is asked for. The filter's values of the funnel's own dimension are left out: the steps are its values. */
export function funnelRequest({ by, steps, within }, filter, dimensions) {
  const query = new URLSearchParams(toQuery(withValues(filter, by, new Set()), '', dimensions));
  query.set('by', by);
  for (const step of steps) query.append('step', step);
  if (within !== null) query.set('within', within);
  return `api/v1/analyses/funnel?${query}`;
}

/** What REST is asked for. */
export function cohortRequest({ unit, of }, filter, dimensions) {
  const query = new URLSearchParams(toQuery(filter, '', dimensions));
  query.set('unit', unit);
  if (of !== null) query.set('of', of);
  return `api/v1/analyses/cohort?${query}`;
}
