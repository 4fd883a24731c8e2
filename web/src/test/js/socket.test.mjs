/** When the live socket tries again. Run with `node --test`. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { LiveSocket } from '../../main/resources/webroot/js/socket.js';

/** A page with a server behind it: `sockets` are those that were asked for, `held` what it was told to wait. */
function page() {
  const sockets = [];
  const listeners = {};
  globalThis.document = { hidden: false, addEventListener: (name, call) => (listeners[name] = call) };
  globalThis.addEventListener = () => {};
  globalThis.SockJS = function SockJS() {
    sockets.push(this);
    this.close = () => {};
  };
  const state = { held: 0 };
  const socket = new LiveSocket('http://x/live', { opened() {}, message() {}, changed() {} }, () => state.held);
  socket.connect();
  return { sockets, socket, state, look: () => listeners.visibilitychange() };
}

function timed(name, run) {
  test(name, () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    mock.method(Math, 'random', () => 1);
    try {
      run();
    } finally {
      mock.timers.reset();
      mock.restoreAll();
    }
  });
}

timed('a cut connection is tried again soon, and then less and less often', () => {
  const { sockets } = page();
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const before = sockets.length;
    sockets.at(-1).onclose({ code: 1006 });
    mock.timers.tick(wait - 1);
    assert.equal(sockets.length, before);
    mock.timers.tick(1);
    assert.equal(sockets.length, before + 1);
  }
});

timed('a service without room is left alone for longer, and said to be full', () => {
  const { sockets, socket } = page();
  sockets[0].onopen();
  sockets[0].onclose({ code: 1013 });
  assert.deepEqual([socket.full, socket.retryAt], [true, 10_000]);
  mock.timers.tick(9999);
  assert.equal(sockets.length, 1);
  mock.timers.tick(1);
  assert.deepEqual([sockets.length, socket.full], [2, false]);

  sockets[1].onopen();
  sockets[1].onmessage({ data: '{"op":"error","code":"too-many-sockets","message":"Try again later."}' });
  sockets[1].onclose({ code: 3000 });
  assert.deepEqual([socket.full, socket.retryAt], [true, 30_000]);
});

timed('nothing is tried before the time that the service asked to wait, wherever that was said', () => {
  const { sockets, socket, state, look } = page();
  sockets[0].onclose({ code: 1002 });
  state.held = 12_000;
  socket.hold();
  look();
  assert.equal(socket.retryAt, 12_000);
  mock.timers.tick(11_999);
  assert.equal(sockets.length, 1);
  state.held = 0;
  mock.timers.tick(1);
  assert.equal(sockets.length, 2);

  state.held = 7000;
  sockets[1].onclose({ code: 1002 });
  assert.equal(socket.retryAt, 19_000);
});
