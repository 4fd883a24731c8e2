/**
 * Which cards are drawn in which frame. Pure but for the clock.
 *
 * A pass draws the cards with one state of the page, one costly card a frame, so that no frame takes long. What is in view is drawn
 * with every pass; what is not, when the user chose something, and else now and then. Passes rest between them as long as they
 * cost, twice over: a slow machine sees fewer versions, and stays usable. What the user chooses does not wait for that.
 */

/** What a card's `draw` returns that has done a part, and wants another frame for the rest. */
export const AGAIN = Symbol('again');

/** So long, in milliseconds, may cheap cards be drawn within one frame. */
const BUDGET = 8;
/** Cards out of view are at most so much older than those in view. */
const AWAY = 2000;
/** A rest after a pass, as a multiple of what it cost, and at most. */
const REST = 2;
const LONGEST_REST = 1000;

export class Turns {
  #clock;
  #inView;
  #worn = new Set();
  #pass = null;
  #choice = null;
  #began = -Infinity;
  #spent = 0;
  #awayAt = -Infinity;
  #all = null;

  /** @param cards each with `draw(model)`, which returns true if that was costly, or AGAIN, and `renew()`, which returns true if it drew; in
   *     their order on the page */
  constructor(cards, clock = () => performance.now()) {
    this.#clock = clock;
    this.#inView = new Map(cards.map((card) => [card, false]));
  }

  /** Says whether a card is in view now. */
  sees(card, inView) {
    if (this.#inView.has(card)) this.#inView.set(card, inView);
  }

  /** Has a card `renew` itself, for it is to look different with the same numbers, in a frame of its own, before any pass goes on. */
  renew(card) {
    if (this.#inView.has(card)) this.#worn.add(card);
  }

  /** Adds to what the pass cost, in milliseconds: what the browser did after a frame's cards were drawn, too. */
  spent(milliseconds) {
    this.#spent += milliseconds;
  }

  /**
   * Draws what this frame is to draw.
   *
   * @param model with the `feed` that is drawn
   * @param choice text of what the user chose; another is drawn at once and everywhere
   * @param begin is called at the beginning of a pass, and returns true if there are no cards to draw
   * @returns {shown, all, again}: the feed that everything in view shows now, the one that everything shows at least, null if that
   *     is not another yet; and after how many milliseconds to call again, 0 for the next frame, null for when something changes
   */
  draw(model, choice, begin) {
    const now = this.#clock();
    if (this.#renewed(now)) return { shown: null, all: null, again: 0 };
    const chosen = choice !== this.#choice;
    const rest = this.#rests() - now;
    if (this.#pass === null && !chosen && rest > 0) return { shown: null, all: null, again: rest };
    if (this.#pass === null || chosen) this.#begin(model, choice, chosen, now, begin);
    const { left } = this.#pass;
    while (left.length > 0) {
      const card = left.shift();
      const did = card.draw(this.#pass.model);
      if (did === AGAIN) left.unshift(card);
      if (did === true || did === AGAIN || this.#clock() - now > BUDGET) break;
    }
    return left.length > 0 ? { shown: null, all: null, again: 0 } : this.#end(model, now);
  }

  /** True if this frame has been used for that. */
  #renewed(now) {
    const inView = (card) => this.#inView.get(card);
    for (const card of [...this.#worn].sort((a, b) => inView(b) - inView(a))) {
      this.#worn.delete(card);
      if (card.renew() || this.#clock() - now > BUDGET) return true;
    }
    return false;
  }

  #rests() {
    return this.#began + this.#spent + Math.min(LONGEST_REST, REST * this.#spent);
  }

  #begin(model, choice, chosen, now, begin) {
    const away = chosen || now - this.#awayAt >= AWAY;
    if (away) this.#awayAt = now;
    this.#choice = choice;
    this.#began = now;
    this.#spent = 0;
    const none = begin(model) === true;
    const cards = none ? [] : [...this.#inView];
    const [near, far] = [true, false].map((seen) => cards.filter(([, inView]) => inView === seen).map(([card]) => card));
    this.#pass = { model, away, left: away ? [...near, ...far] : near };
  }

  #end(model, now) {
    const { model: drawn, away } = this.#pass;
    this.#pass = null;
    if (away) this.#all = drawn.feed;
    const again = drawn !== model ? 0 : this.#all !== drawn.feed ? Math.max(1, this.#awayAt + AWAY - now) : null;
    return { shown: drawn.feed, all: away ? drawn.feed : null, again };
  }
}
