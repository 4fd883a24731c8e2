/**
 * Draws at most once per animation frame, however often it is asked. A hidden page gets no frames, so it draws nothing
 * until it is looked at.
 */
export function oncePerFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
