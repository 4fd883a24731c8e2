/** Asks for an answer that takes a scan, and tells how far it is. */
import { ask as request, sentenceOf, troubleOf } from '../api.js';

const BROKEN = 'The connection broke off before the answer was whole. Run it again.';

/**
 * Cuts whole events off the beginning of a stream's text. Pure.
 *
 * @returns {events, rest}, each event {name, data}
 */
export function eventsOf(text) {
  const blocks = text.split('\n\n');
  const rest = blocks.pop();
  const field = (block, name) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join('\n');
  const events = blocks.map((block) => ({ name: field(block, 'event'), data: field(block, 'data') }));
  return { events: events.filter(({ name }) => name !== ''), rest };
}

/**
 * @param progressed is called with {files, filesDone}
 * @param signal ends it
 * @returns {answer}; {error} with a sentence for the user, and milliseconds to `wait` if it may be asked again; or {} if it was ended
 */
export async function ask(path, progressed, signal) {
  try {
    const response = await request(path, { headers: { accept: 'text/event-stream' }, signal });
    if (!response.ok) return { error: sentenceOf(await response.text(), response.status) };
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return { error: BROKEN };
      const { events, rest } = eventsOf(text + value);
      text = rest;
      for (const { name, data } of events) {
        if (name === 'progress') progressed(JSON.parse(data));
        else if (name === 'answer') return { answer: JSON.parse(data) };
        else if (name === 'problem') return { error: sentenceOf(data, 500) };
      }
    }
  } catch (failure) {
    return signal.aborted ? {} : troubleOf(failure, 'The service does not answer. Run it again when it does.');
  }
}
