/**
 * What the service asks of those who ask too much: to come again after a while. Pure but for the clock.
 *
 * A refusal (429, 503) that speaks of the service or of this client as a whole holds back everything that the page would ask; one
 * that speaks of a single thing, as of scans or exports, only what was asked. What is held back is asked again by whoever
 * wanted it, alone, when it is time.
 */

/** Said of everything that a client asks; the last part of a problem's type. What is not of ours, as of a proxy, is, too. */
const OF_ALL = new Set(['too-many-requests', 'busy', 'too-many-connections']);
const SHORTEST = 500;
/** Longer than the service ever says; a proxy's "tomorrow" is asked about once in a while. */
const LONGEST = 3_600_000;
/** Those who were told the same do not come again together: each waits up to so much longer, as a share. */
const SPREAD = 0.2;

/**
 * How long `Retry-After` says to wait, in milliseconds; null without one that can be understood.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function waitOf(header, now) {
  const text = (header ?? '').trim();
  if (text === '') return null;
  const seconds = /^\d+$/.test(text);
  if (!seconds && !/^[a-z]{3}/i.test(text)) return null;
  const wait = seconds ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? null : Math.min(LONGEST, Math.max(SHORTEST, wait));
}

/** In place of an answer: a sentence for the user, and milliseconds after which the same may be asked again, or null. */
export class Refused extends Error {
  constructor(sentence, wait) {
    super(sentence);
    this.wait = wait;
  }
}

export class Patience {
  #clock;
  #random;
  #changed;
  #told = 0;

  /** Until when nothing should be asked; in the past if everything may. */
  until = 0;

  /** @param changed is called when the page is asked to wait */
  constructor(changed = () => {}, clock = () => Date.now(), random = Math.random) {
    this.#changed = changed;
    this.#clock = clock;
    this.#random = random;
  }

  /** Milliseconds until something may be asked; 0 if it may now. */
  get left() {
    return Math.max(0, this.until - this.#clock());
  }

  /** True if the page was asked to wait so long, and still has to, that people should be told. */
  get long() {
    return this.left > 0 && this.until - this.#told > 1500;
  }

  /**
   * Takes note of a refusal.
   *
   * @param code last part of the problem's type; null if it was not one of ours
   * @returns how long to wait with the same, in milliseconds; null if it was not said
   */
  refused(code, header) {
    const now = this.#clock();
    const said = waitOf(header, now);
    if (said === null) return null;
    const wait = said * (1 + SPREAD * this.#random());
    if ((code === null || OF_ALL.has(code)) && now + wait > this.until) {
      this.#told = now;
      this.until = now + wait;
      this.#changed();
    }
    return wait;
  }
}

/** So often something that somebody asked for is asked again by itself. */
const TRIES = 20;

/**
 * Asks, and asks again when a refusal says so, until there is an answer, another failure, or it is given up.
 *
 * @param ask promises something; with a number `wait` it was a refusal
 * @param waiting is called with the milliseconds that are waited
 * @param signal ends the waiting; may be left out
 */
export async function untilAnswered(ask, waiting, signal, pause = sleep) {
  for (let tries = 1; ; tries++) {
    const outcome = await ask();
    if (typeof outcome.wait !== 'number' || tries === TRIES || signal?.aborted) return outcome;
    waiting(outcome.wait);
    if (!signal?.aborted) await pause(outcome.wait, signal);
    if (signal?.aborted) return {};
  }
}

function sleep(milliseconds, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}
