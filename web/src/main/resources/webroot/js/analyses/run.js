/** One analysis on demand: what was asked, how far it is, what came of it. No page, and no network but what it is given. */
import * as format from '../format.js';
import { untilAnswered } from '../patience.js';

export class Run {
  #ask;
  #changed;
  #abort = null;
  #pause;

  /**
   * @param ask stream.js' ask, or what stands for it
   * @param changed is called whenever there is something else to show
   * @param pause waits for some milliseconds; the usual one if it is left out
   */
  constructor(ask, changed, pause) {
    this.#ask = ask;
    this.#changed = changed;
    this.#pause = pause;
    /** What the answer, or the error, is to. */
    this.path = null;
    this.answer = null;
    this.error = null;
    this.progress = null;
  }

  get running() {
    return this.#abort !== null;
  }

  async start(path) {
    this.stop();
    const abort = new AbortController();
    this.#abort = abort;
    this.progress = { files: 0, filesDone: 0 };
    this.error = null;
    this.#changed();
    const progressed = (progress) => {
      if (this.#abort !== abort) return;
      this.progress = progress;
      this.#changed();
    };
    const outcome = await untilAnswered(
      () => this.#ask(path, progressed, abort.signal),
      () => progressed({ waiting: true }),
      abort.signal,
      this.#pause,
    );
    if (this.#abort !== abort) return;
    this.#abort = null;
    this.path = path;
    this.answer = outcome.answer ?? null;
    this.error = outcome.error ?? null;
    this.#changed();
  }

  /** What was there before stays. */
  stop() {
    if (this.#abort === null) return;
    this.#abort.abort();
    this.#abort = null;
    this.#changed();
  }
}

/** What is to be said of an answer beside its numbers: of which version it is, and whether it should be asked for again. */
export function noteOf(run, path, feed) {
  const { answer } = run;
  if (answer === null) return '';
  const at = `At version ${format.count(answer.version)}`;
  if (run.path !== path) return `${at}, of another selection than is chosen now: run again.`;
  const newer = feed.epoch !== answer.epoch || feed.version > answer.version;
  // Without its number, which would be read aloud at each commit.
  return newer ? `${at}. A newer version is there: run again to see it.` : `${at}, the newest.`;
}

/** What was left out, in words; '' if nothing was. */
export function leftOutOf({ leftOut }) {
  const { noSession, noId, noTime } = leftOut;
  const parts = [
    [noSession ?? 0, 'without a session'],
    [noId ?? 0, 'without an id'],
    [noTime, 'without a time'],
  ].filter(([rows]) => rows > 0);
  return parts.length === 0 ? '' : `Left out: ${parts.map(([rows, why]) => `${format.many(rows, 'row')} ${why}`).join(', ')}.`;
}
