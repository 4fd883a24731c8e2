/** The button, the progress, the errors and the note that every analysis has. */
import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { noteOf, Run } from './run.js';
import { ask } from './stream.js';

/**
 * @param label of the button
 * @param path says what to ask for now; null if nothing can be
 * @param redraw is called when there is something else to show
 * @returns {element, note, run, draw(feed)}
 */
export function runner(label, path, redraw) {
  const run = new Run(ask, redraw);
  const button = el('button', { type: 'button', class: 'button run' });
  const bar = el('progress', { max: 1, 'aria-label': `${label}: files that are read` });
  const words = el('span', { class: 'run-words' });
  const progress = el('span', { class: 'run-progress', hidden: true }, bar, words);
  const trouble = el('p', { class: 'rows-trouble', role: 'alert', hidden: true });
  const note = el('p', { class: 'run-note', role: 'status' });
  button.addEventListener('click', () => (run.running ? run.stop() : run.start(path())));
  let shown = null;

  return {
    element: el('div', { class: 'run-line' }, button, progress, trouble),
    note,
    run,
    draw(feed) {
      setText(button, run.running ? 'Stop' : run.answer === null ? label : 'Run again');
      button.disabled = !run.running && path() === null;
      progress.hidden = !run.running;
      if (run.running) drawProgress(run.progress);
      trouble.hidden = run.error === null || run.running;
      if (run.error !== shown) setText(trouble, run.error ?? '');
      shown = run.error;
      setText(note, noteOf(run, path(), feed));
    },
  };

  function drawProgress({ files, filesDone, waiting }) {
    if (files > 0) bar.value = filesDone / files;
    else bar.removeAttribute('value');
    if (waiting) setText(words, 'The service is busy; this begins when there is room …');
    else setText(words, files > 0 ? `${format.count(filesDone)} of ${format.many(files, 'file')}` : 'Listing files …');
  }
}
