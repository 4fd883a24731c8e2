/**
 * One connection to the live socket that comes back by itself.
 *
 * SockJS where its script is there, plain WebSocket otherwise. Waits between attempts grow from half a second to half a
 * minute, and are drawn by lot, so that the pages of a restarted server do not all come at once. A hidden page does not
 * try; it does when it is looked at. Nor does anything try before the time that the service asked to wait.
 */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** Who was told that there is no room does not come again as soon as who was cut off. */
const FULL_WAIT = 10_000;
/** Without xhr-streaming and iframes: WebSocket, and polling for where a proxy lets nothing else through. */
const TRANSPORTS = ['websocket', 'xhr-polling'];
/** "Try again later": the service has as many sockets as it may. SockJS ends them all alike, so there a message says it. */
const FULL = { code: 1013, error: 'too-many-sockets' };

export class LiveSocket {
  #endpoint;
  #listener;
  #held;
  #socket = null;
  #timer = null;
  #failures = 0;

  /** 'connecting', 'open', or 'closed' while it waits for the next attempt. */
  state = 'connecting';
  /** When the next attempt is due, in milliseconds; null if none is planned. */
  retryAt = null;
  /** True if it is closed, or soon will be, because the service has no room for more. */
  full = false;

  /**
   * @param endpoint address of the SockJS endpoint; the plain one is below it
   * @param listener {opened(), message(object), changed()}
   * @param held for how many milliseconds the service wants nothing to be asked; 0 if it does not mind
   */
  constructor(endpoint, listener, held = () => 0) {
    this.#endpoint = endpoint;
    this.#listener = listener;
    this.#held = held;
    document.addEventListener('visibilitychange', () => this.#lookedAt());
    globalThis.addEventListener('online', () => this.#lookedAt());
  }

  connect() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.retryAt = null;
    this.full = false;
    const socket = this.#create();
    this.#socket = socket;
    this.#become('connecting');
    socket.onopen = () => this.#is(socket) && this.#opened();
    socket.onmessage = ({ data }) => this.#is(socket) && this.#received(data);
    socket.onclose = ({ code }) => this.#is(socket) && this.#closed(code);
  }

  /** Drops a connection that seems dead and makes a new one. */
  reconnect() {
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    this.connect();
  }

  /** Puts the next attempt off, if it would come before the time that the service asked to wait. */
  hold() {
    if (this.state === 'closed' && this.#timer !== null && this.retryAt < Date.now() + this.#held()) {
      this.#plan(0);
      this.#listener.changed();
    }
  }

  /** Sends if the connection is open; what was asked for is asked again when it opens next. */
  send(message) {
    if (this.state === 'open') this.#socket.send(JSON.stringify(message));
  }

  #create() {
    if (globalThis.SockJS) return new globalThis.SockJS(this.#endpoint, null, { transports: TRANSPORTS });
    return new WebSocket(`${this.#endpoint.replace(/^http/, 'ws')}/websocket`);
  }

  #is(socket) {
    return this.#socket === socket;
  }

  #opened() {
    this.#become('open');
    this.#listener.opened();
  }

  #received(text) {
    const message = JSON.parse(text);
    this.full = message.op === 'error' && message.code === FULL.error;
    if (this.full) return;
    this.#failures = 0;
    this.#listener.message(message);
  }

  #closed(code) {
    this.#socket = null;
    this.full ||= code === FULL.code;
    const longest = Math.min(LONGEST_WAIT, (this.full ? FULL_WAIT : FIRST_WAIT) * 2 ** this.#failures);
    this.#failures += 1;
    if (!document.hidden) this.#plan(longest / 2 + Math.random() * (longest / 2));
    this.#become('closed');
  }

  #plan(milliseconds) {
    const wait = Math.max(milliseconds, this.#held());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.connect(), wait);
    this.retryAt = Date.now() + wait;
  }

  #lookedAt() {
    if (this.state !== 'closed' || document.hidden) return;
    if (this.full || this.#held() > 0) this.#plan(Math.max(0, (this.retryAt ?? 0) - Date.now()));
    else this.connect();
  }

  #become(state) {
    this.state = state;
    this.#listener.changed();
  }
}
