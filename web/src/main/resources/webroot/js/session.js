/**
 * Who the page is for. A token is exchanged for a cookie, which the browser then sends with everything: requests, the socket in all its ways,
 * downloads and pictures; a script can put a header on none of the last three. The cookie lasts minutes and is had anew while the page is looked at. The token is
 * kept for this tab only. Pure but for the storage and the clock that are given.
 */
const KEY = 'tidemark.token';
/** Well before the cookie ends. */
const RENEW = 5 * 60_000;
/** A token that was just refused is not shown again at once. */
const PAUSE = 10_000;

export class Session {
  #storage;
  #ask;
  #clock;
  #askedAt = -Infinity;

  /** {name, roles, ends} of the token; null while there is none. */
  who = null;
  /** Why the page is not signed in, as a sentence, or null. */
  error = null;

  /**
   * @param storage as `sessionStorage`, or null where it is forbidden: then a token lasts as long as the page
   * @param ask is given a token; promises {who}, or {refused} or, if it may be let in later, {trouble}, with a sentence
   */
  constructor(storage, ask, clock = () => Date.now()) {
    this.#storage = storage;
    this.#ask = ask;
    this.#clock = clock;
    this.#token = storage?.getItem(KEY) ?? null;
  }

  #token;

  get hasToken() {
    return this.#token !== null;
  }

  /** @returns true if the token is let in */
  async signIn(token) {
    this.#token = token.trim();
    this.#askedAt = -Infinity;
    return this.renew(true);
  }

  /**
   * Has a new cookie if it is time, or if the page was refused.
   *
   * @returns true if there is a new one
   */
  async renew(now = false) {
    const since = this.#clock() - this.#askedAt;
    if (this.#token === null || since < (now ? PAUSE : RENEW)) return false;
    this.#askedAt = this.#clock();
    const { who, refused, trouble } = await this.#ask(this.#token);
    if (refused !== undefined) {
      this.forget();
      this.error = refused;
    }
    if (trouble !== undefined) this.error = trouble;
    if (who === undefined) return false;
    this.who = who;
    this.error = null;
    this.#storage?.setItem(KEY, this.#token);
    return true;
  }

  forget() {
    this.#token = null;
    this.who = null;
    this.error = null;
    this.#storage?.removeItem(KEY);
  }
}
