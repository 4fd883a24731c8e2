/**
 * What the page follows: always the whole table, beside it the filtered rows while a filter is set, and the hours around
 * the range of time of that filter while they are compared with.
 *
 * Each is a subscription with a feed. A page that is paused or hidden has none, so it costs neither side anything;
 * when it goes on it says which version it has, and gets the difference.
 */
import { ALL, isAll, keyOf, toMessage } from './filter.js';
import { EMPTY, follows, reduce } from './feed.js';

let subscriptions = 0;

class Subscription {
  feed = EMPTY;
  id = null;
  /** What the server refused, {code, message}, or null. */
  error = null;
  /** How far the server has read for the first answer, {files, filesDone}, or null. */
  progress = null;

  /** @param views names of those that are wanted; null for all */
  constructor(filter, views = null) {
    this.filter = filter;
    this.views = views;
  }

  get active() {
    return this.id !== null;
  }

  start(send) {
    subscriptions += 1;
    this.id = `s${subscriptions}`;
    this.error = null;
    const message = { op: 'subscribe', id: this.id };
    if (!isAll(this.filter)) message.filter = toMessage(this.filter);
    if (this.views !== null) message.views = this.views;
    if (this.feed !== EMPTY) message.since = { epoch: this.feed.epoch, version: this.feed.version };
    send(message);
  }

  stop(send) {
    if (this.active) send({ op: 'unsubscribe', id: this.id });
    this.id = null;
  }

  /** The connection is gone, and with it the server's side of this. */
  lost() {
    this.id = null;
  }
}

export class Live {
  #send;
  #changed;
  #connected = false;
  #hidden = false;

  paused = false;
  /** The whole table. */
  whole = new Subscription(ALL);
  /** The filtered rows; null while all rows are shown. */
  part = null;
  /** The hours around the range; null while they are not asked for. */
  around = null;
  #shownBefore = EMPTY;

  /**
   * @param send sends a message to the server, if there is a connection
   * @param changed is called when something to be drawn may have changed
   */
  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
  }

  get filter() {
    return this.part === null ? ALL : this.part.filter;
  }

  /** The feed to draw: while a new filter waits for its first answer, still the one from before. */
  get shown() {
    const feed = (this.part ?? this.whole).feed;
    return feed === EMPTY ? this.#shownBefore : feed;
  }

  /** True while what is shown is not yet what was asked for. */
  get waiting() {
    return (this.part ?? this.whole).feed === EMPTY;
  }

  /** How far the answer that is waited for has come, {files, filesDone}; null if that is not known, or it is there. */
  get progress() {
    return this.waiting ? (this.part ?? this.whole).progress : null;
  }

  get error() {
    return this.part?.error ?? this.whole.error;
  }

  opened() {
    this.#connected = true;
    this.retry();
  }

  closed() {
    this.#connected = false;
    this.whole.lost();
    this.part?.lost();
    this.around?.lost();
  }

  hide(hidden) {
    this.#hidden = hidden;
    this.#sync();
  }

  pause(paused) {
    this.paused = paused;
    this.#sync();
    this.#changed();
  }

  /** Asks again for what was refused; it may have been for a passing reason. */
  retry() {
    for (const one of this.#subscriptions()) one.error = null;
    this.#sync();
  }

  setFilter(filter) {
    this.#shownBefore = this.shown;
    this.part?.stop(this.#send);
    this.part = isAll(filter) ? null : new Subscription(filter);
    this.#sync();
    this.#changed();
  }

  /** Follows the hours of these rows too, or no more if it is null. */
  setAround(filter) {
    if (keyOf(filter ?? ALL) === keyOf(this.around?.filter ?? ALL)) return;
    this.around?.stop(this.#send);
    this.around = filter === null ? null : new Subscription(filter, ['hourly']);
    this.#sync();
  }

  message(message) {
    const subscription = this.#subscriptions().find((one) => one.active && one.id === message.id);
    if (subscription === undefined) return;
    if (message.op === 'progress') {
      subscription.progress = { files: message.files, filesDone: message.filesDone };
    } else if (message.op === 'error') {
      subscription.lost();
      subscription.error = { code: message.code, message: message.message };
    } else if (!follows(subscription.feed, message)) {
      subscription.stop(this.#send);
      subscription.feed = EMPTY;
      this.#sync();
    } else {
      subscription.feed = reduce(subscription.feed, message);
      this.#sync();
    }
    this.#changed();
  }

  #subscriptions() {
    return [this.whole, this.part, this.around].filter((one) => one !== null);
  }

  /** Starts what is wanted and stops what is not. Paused, a filter that was never answered still gets its first answer. */
  #sync() {
    for (const one of this.#subscriptions()) {
      const wanted = this.#connected && !this.#hidden && (!this.paused || one.feed === EMPTY);
      if (wanted && !one.active && one.error === null) one.start(this.#send);
      if (!wanted && one.active) one.stop(this.#send);
    }
  }
}
