/** Fewer points for a line of very many, and what of a line can be told apart on a screen. Pure. */

/**
 * Of each of many stretches of equal length the lowest and the highest point, so that no peak is lost. The stretches begin at whole
 * multiples of their length: where a point moves, only its own stretch may look different.
 *
 * @param points {x, y} in order of x
 * @param most about how many points may be left; as many or fewer are returned as they are
 */
export function thinned(points, most) {
  if (points.length <= most) return points;
  const length = lengthOf((points.at(-1).x - points[0].x) / (most / 2));
  const kept = [points[0]];
  for (let i = 0; i < points.length; ) {
    const stretch = Math.floor(points[i].x / length);
    let [low, high] = [i, i];
    for (; i < points.length && Math.floor(points[i].x / length) === stretch; i++) {
      if (points[i].y < points[low].y) low = i;
      if (points[i].y > points[high].y) high = i;
    }
    for (const index of low < high ? [low, high] : [high, low]) if (kept.at(-1) !== points[index]) kept.push(points[index]);
  }
  if (kept.at(-1) !== points.at(-1)) kept.push(points.at(-1));
  return kept;
}

const HOUR = 3_600_000;

/** So that stretches stay the same while a table grows by hours: the next power of two of hours. */
function lengthOf(atLeast) {
  let length = HOUR;
  while (length < atLeast) length *= 2;
  return length;
}

/** What moves by less, in pixels, looks the same. */
const UNSEEN = 0.5;

/**
 * True if a line that was drawn would look the same with other points.
 *
 * @param height of the axis from 0 to the highest point, in pixels
 */
export function looksSame(drawn, points, height) {
  if (drawn.length !== points.length) return false;
  const highest = points.reduce((most, { y }) => Math.max(most, y), 1);
  return points.every(({ x, y }, i) => x === drawn[i].x && (Math.abs(y - drawn[i].y) * height) / highest < UNSEEN);
}
