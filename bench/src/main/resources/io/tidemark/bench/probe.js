/** Runs before the page's own scripts and notes what the page does. Read by Chromium.java. */
(() => {
  const probe = { numbers: null, events: null, largest: null, longTasks: [], frames: [], messages: [], bytes: 0, versions: 0 };
  globalThis.tidemarkProbe = probe;
  const observe = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  observe('longtask', ({ startTime, duration }) => probe.longTasks.push([startTime, duration]));
  observe('largest-contentful-paint', ({ startTime }) => (probe.largest = startTime));

  const timed = (times, work) => {
    const began = performance.now();
    try {
      work();
    } finally {
      times.push(performance.now() - began);
    }
  };
  const nextFrame = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (draw) => nextFrame((at) => timed(probe.frames, () => draw(at)));
  const { get, set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    get,
    set(listener) {
      set.call(this, (event) => {
        probe.bytes += event.data.length;
        timed(probe.messages, () => listener.call(this, event));
      });
    },
  });

  let drawn = '';
  new MutationObserver(() => {
    const { version, shown } = document.documentElement.dataset;
    if (version) probe.numbers ??= performance.now();
    if (!shown || shown === drawn) return;
    drawn = shown;
    probe.versions += 1;
  }).observe(document, { attributes: true, attributeFilter: ['data-version', 'data-shown'], subtree: true });
})();
