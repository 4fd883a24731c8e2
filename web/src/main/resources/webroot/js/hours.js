/**
 * Events by hour, which are never changed in place. To be read like a Map from the start of an hour, in milliseconds, to its count,
 * in order of time. A table has thousands of them, and each commit makes others of them: two arrays of numbers are copied at once,
 * and leave nothing to the garbage collector.
 */
export class Hours {
  static NONE = new Hours(new Float64Array(), new Float64Array());

  #starts;
  #counts;

  constructor(starts, counts) {
    this.#starts = starts;
    this.#counts = counts;
  }

  /** @param counts pairs of an hour and its count, in any order */
  static of(counts) {
    return Hours.NONE.with(counts);
  }

  /** The first hour; undefined if there is none. */
  get first() {
    return this.#starts[0];
  }

  get last() {
    return this.#starts.at(-1);
  }

  get size() {
    return this.#starts.length;
  }

  get(start) {
    const at = this.#find(start);
    return this.#starts[at] === start ? this.#counts[at] : undefined;
  }

  keys() {
    return this.#starts.values();
  }

  forEach(call) {
    for (let i = 0; i < this.#starts.length; i++) call(this.#counts[i], this.#starts[i]);
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.#starts.length; i++) yield [this.#starts[i], this.#counts[i]];
  }

  /** These hours with other counts put over them; a count of 0 takes an hour away. `changes` are pairs of both. */
  with(changes) {
    const counts = this.#counts.slice();
    const others = new Map();
    for (const [start, count] of changes) {
      const at = this.#find(start);
      if (this.#starts[at] === start) counts[at] = count;
      else if (count !== 0) others.set(start, count);
    }
    if (others.size === 0 && !counts.includes(0)) return new Hours(this.#starts, counts);
    const all = [...this.#starts].map((start, i) => [start, counts[i]]).filter(([, count]) => count !== 0);
    const sorted = [...all, ...others].sort(([a], [b]) => a - b);
    return new Hours(Float64Array.from(sorted, ([start]) => start), Float64Array.from(sorted, ([, count]) => count));
  }

  /** Index of an hour, or of the first after it. */
  #find(start) {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
