/**
 * The newest rows of a filter, asked for again when the table has moved. Never more than one request is under way, and the
 * pause between two is many times as long as the last one took, so that rows cost the server little whatever the table. The newest
 * rows of all it keeps from version to version: for those the pause is short.
 */
import { appended, NO_ROWS, wantedOf } from './rows.js';

const SHORTEST = 1000;
const LONGEST = 60_000;
/** Pause after an answer, as a multiple of the time that it took. */
const REST = 8;
/** The same for rows that the server keeps, of which it keeps so many. */
const KEPT = { shortest: 200, rest: 2, rows: 500 };

export class RowFeed {
  #ask;
  #changed;
  #clock;
  #query = null;
  #busy = false;
  #notBefore = 0;
  #round = 0;

  /** What was answered last. */
  latest = NO_ROWS;
  /** What went wrong, as a sentence, or null. */
  error = null;

  /**
   * @param ask is given the filter as a query, a number of rows and a cursor or null; promises {page} or {error}, with
   *     milliseconds to `wait` if the service said for how long
   * @param changed is called when there is something new to draw
   */
  constructor(ask, changed, clock = () => Date.now()) {
    this.#ask = ask;
    this.#changed = changed;
    this.#clock = clock;
  }

  get busy() {
    return this.#busy;
  }

  /** Asks if the rows are of another filter or version than they should be, and it is time. */
  follow(query, version, epoch) {
    if (query !== this.#query) {
      this.#query = query;
      this.#round += 1;
      this.#busy = false;
      this.#notBefore = 0;
      this.latest = NO_ROWS;
      this.error = null;
    }
    const old = this.latest.epoch !== epoch || this.latest.version < version;
    if (!old || this.#busy || this.#clock() < this.#notBefore) return undefined;
    return this.#take(wantedOf(this.latest), null, (page) => page);
  }

  /** Adds the next page. */
  more() {
    if (this.#busy || this.latest.cursor === null) return undefined;
    return this.#take(undefined, this.latest.cursor, (page) => appended(this.latest, page));
  }

  async #take(limit, cursor, put) {
    const round = this.#round;
    const began = this.#clock();
    this.#busy = true;
    const { page, error, wait = 0 } = await this.#ask(this.#query, limit, cursor);
    if (round !== this.#round) return;
    this.#busy = false;
    const kept = this.#query === '' && cursor === null && limit <= KEPT.rows;
    const { shortest, rest } = kept ? KEPT : { shortest: SHORTEST, rest: REST };
    const pause = Math.min(LONGEST, Math.max(shortest, (this.#clock() - began) * rest));
    this.#notBefore = this.#clock() + (error === undefined ? pause : Math.max(pause, wait === 0 ? 5 * SHORTEST : wait));
    this.error = error ?? null;
    if (page !== undefined) this.latest = put(page);
    this.#changed();
  }
}
