/**
 * A line as one upright stroke in each column of pixels: of what lies side by side in a column, a screen shows no more than the
 * lowest and the highest place. However many points there are, there are no more strokes than pixels. Pure.
 */

/**
 * @param points {x, y} in order of x, which lie within the axes
 * @param axes {min, max, highest, width, height}: the values at both ends of the x axis and at the top of the y axis, which begins
 *     with 0, and how many pixels there are between
 * @returns {tops, bottoms}, each a Float32Array with a place of every column, counted from above; `tops` is infinite and `bottoms`
 *     is less where there is no line
 */
export function columnsOf(points, { min, max, highest, width, height }) {
  const tops = new Float32Array(width).fill(Infinity);
  const bottoms = new Float32Array(width).fill(-Infinity);
  const reach = (column, y) => {
    if (y < tops[column]) tops[column] = y;
    if (y > bottoms[column]) bottoms[column] = y;
  };
  let fromX = 0;
  let fromY = 0;
  let from = width;
  for (const point of points) {
    const x = ((point.x - min) / (max - min)) * width;
    const y = height * (1 - point.y / highest);
    const column = Math.min(width - 1, Math.floor(x));
    for (let edge = from + 1; edge <= column; edge++) {
      const crossed = fromY + ((y - fromY) * (edge - fromX)) / (x - fromX);
      reach(edge - 1, crossed);
      reach(edge, crossed);
    }
    reach(column, y);
    fromX = x;
    fromY = y;
    from = column;
  }
  return { tops, bottoms };
}

/** What moves by less, in pixels, looks the same. */
const UNSEEN = 0.5;

/**
 * Takes over what is to be drawn where that looks different from what was.
 *
 * @param drawn lines as `columnsOf` makes them, which are changed
 * @param next as many others, of the same width
 * @returns pairs of the first of some columns that changed and of the first after them, in order
 */
export function takenOver(drawn, next) {
  const runs = [];
  for (let column = 0; column < drawn[0].tops.length; column++) {
    if (drawn.every((line, i) => looksSame(line, next[i], column))) continue;
    drawn.forEach((line, i) => {
      line.tops[column] = next[i].tops[column];
      line.bottoms[column] = next[i].bottoms[column];
    });
    if (runs.at(-1)?.[1] === column) runs.at(-1)[1] = column + 1;
    else runs.push([column, column + 1]);
  }
  return runs;
}

function looksSame(a, b, column) {
  return near(a.tops[column], b.tops[column]) && near(a.bottoms[column], b.bottoms[column]);
}

/** Two infinities are near, though their difference is no number. */
const near = (a, b) => a === b || Math.abs(a - b) < UNSEEN;
