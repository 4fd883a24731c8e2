/** Fewer points for a line of very many. Pure. */

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
const DAY = 24 * HOUR;
const PARTS = [1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR);

/** Parts of a day, or days: what comes round every day would make a pattern of its own with others. The same while a table grows by hours. */
function lengthOf(atLeast) {
  let length = PARTS.find((part) => part >= atLeast) ?? DAY;
  while (length < atLeast) length *= 2;
  return length;
}
