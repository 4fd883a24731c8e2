/**
 * Named views of one table, kept by this browser: a name and the query of the page's address. Pure but for the storage
 * that is given.
 */
const MOST = 50;
const LONGEST = 60;

/** Parameters that are not part of a view that is kept. */
const PASSING = ['rows', 'embed', 'view'];

export class Presets {
  #storage;
  #key;

  /**
   * @param storage as `localStorage`, or null where it is forbidden: then nothing is kept beyond this page
   * @param path of the page, which tells tables apart
   */
  constructor(storage, path) {
    this.#storage = storage;
    this.#key = `tidemark.views ${path}`;
    this.list = this.#read();
  }

  /** Keeps a view; one of the same name is replaced. The oldest goes when there are too many. */
  add(name, query) {
    const kept = name.trim().slice(0, LONGEST);
    if (kept === '') return;
    const parameters = new URLSearchParams(query);
    for (const passing of PASSING) parameters.delete(passing);
    const others = this.list.filter((one) => one.name !== kept);
    this.#write([...others, { name: kept, query: parameters.toString() }].slice(-MOST));
  }

  remove(name) {
    this.#write(this.list.filter((one) => one.name !== name));
  }

  #read() {
    try {
      const kept = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]');
      const whole = (one) => typeof one?.name === 'string' && typeof one?.query === 'string';
      return Array.isArray(kept) ? kept.filter(whole).slice(-MOST) : [];
    } catch {
      return [];
    }
  }

  #write(list) {
    this.list = list;
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(list));
    } catch {
      // full or forbidden: the list lasts as long as the page
    }
  }
}
