/** The table's columns and dimensions, asked for when the table is first seen and when it came back as another. */
import * as api from './api.js';

/** So long after an answer that told nothing it is asked again, in milliseconds. */
const PATIENCE = 20_000;

export class Schema {
  #changed;
  #askedFor = '';
  #askedAt = 0;

  /** As REST answers it; null if it is not known. */
  value = null;
  /** True once it was asked for in vain or with success: the page need not wait for it any more. */
  answered = false;

  constructor(changed) {
    this.#changed = changed;
  }

  /** Asks if the feed is of another epoch, or has other views, than when it was last asked. */
  async follow({ epoch, views }) {
    const wanted = JSON.stringify([epoch, ...views.keys()]);
    const again = this.value === null && Date.now() - this.#askedAt > PATIENCE;
    if (epoch === null || (wanted === this.#askedFor && !again)) return;
    this.#askedFor = wanted;
    this.#askedAt = Date.now();
    this.value = (await api.schema()) ?? this.value;
    this.answered = true;
    this.#changed();
  }
}
