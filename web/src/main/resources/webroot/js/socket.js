/**
 * One connection to the live socket that comes back by itself.
 *
 * SockJS where its script is there, plain WebSocket otherwise. Waits between attempts grow from half a second to half a
 * minute, and are drawn by lot, so that the pages of a restarted server do not all come at once. A hidden page does not
 * try; it does when it is looked at.
 */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** Without xhr-streaming and iframes: WebSocket, and polling for where a proxy lets nothing else through. */
const TRANSPORTS = ['websocket', 'xhr-polling'];

export class LiveSocket {
  #endpoint;
  #listener;
  #socket = null;
  #timer = null;
  #failures = 0;

  /** 'connecting', 'open', or 'closed' while it waits for the next attempt. */
  state = 'connecting';
  /** When the next attempt is due, in milliseconds; null if none is planned. */
  retryAt = null;

  /**
   * @param endpoint address of the SockJS endpoint; the plain one is below it
   * @param listener {opened(), message(object), changed()}
   */
  constructor(endpoint, listener) {
    this.#endpoint = endpoint;
    this.#listener = listener;
    document.addEventListener('visibilitychange', () => this.#lookedAt());
    globalThis.addEventListener('online', () => this.#lookedAt());
  }

  connect() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.retryAt = null;
    const socket = this.#create();
    this.#socket = socket;
    this.#become('connecting');
    socket.onopen = () => this.#is(socket) && this.#opened();
    socket.onmessage = ({ data }) => this.#is(socket) && this.#received(data);
    socket.onclose = () => this.#is(socket) && this.#closed();
  }

  /** Drops a connection that seems dead and makes a new one. */
  reconnect() {
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    this.connect();
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
    this.#failures = 0;
    this.#listener.message(JSON.parse(text));
  }

  #closed() {
    this.#socket = null;
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    this.#failures += 1;
    const wait = longest / 2 + Math.random() * (longest / 2);
    if (!document.hidden) {
      this.#timer = setTimeout(() => this.connect(), wait);
      this.retryAt = Date.now() + wait;
    }
    this.#become('closed');
  }

  #lookedAt() {
    if (this.state === 'closed' && !document.hidden) this.connect();
  }

  #become(state) {
    this.state = state;
    this.#listener.changed();
  }
}
