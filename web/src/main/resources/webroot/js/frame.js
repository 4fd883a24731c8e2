/**
 * Draws at most once per animation frame, however often it is asked. A hidden page gets no frames, so it draws nothing
 * until it is looked at.
 *
 * @param spent is called with the milliseconds that a frame took, layout and painting included; may be left out
 */
export function oncePerFrame(draw, spent = null) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const began = performance.now();
      draw();
      if (spent !== null) afterFrame(() => spent(performance.now() - began));
    });
  };
}

const waiting = [];
const channel = typeof MessageChannel === 'undefined' ? null : new MessageChannel();
if (channel !== null) channel.port1.onmessage = () => waiting.shift()();

/** A message that is sent while a frame is made comes when it is made. */
function afterFrame(call) {
  waiting.push(call);
  channel.port2.postMessage(null);
}
