/** What the table is: rows, version, files, size, days, columns. */
import { copyText } from './clip.js';
import { adviceOf } from './commits.js';
import { el, setText } from './dom.js';
import { otherOf } from './feed.js';
import * as format from './format.js';
import { days } from './series.js';

const FACTS = ['Rows', 'Version', 'Files', 'Size', 'Days', 'Columns', 'Rows without a time', 'Committed'];

/** @returns {element, draw(model)} */
export function datasetView() {
  const values = new Map(FACTS.map((name) => [name, el('dd')]));
  const pairs = new Map(FACTS.map((name) => [name, el('div', {}, el('dt', { textContent: name }), values.get(name))]));
  const address = el('p', { class: 'dataset-address' });
  const warnings = el('ul', { class: 'warnings' });
  const advice = adviceElement();
  let drawn = [];

  function facts({ whole, status, schema }) {
    const table = status?.table ?? {};
    const totals = whole.views.get('totals') ?? {};
    const span = days(whole.views.get('hourly'));
    return {
      Rows: format.count(totals.events ?? 0),
      Version: format.count(whole.version),
      Files: table.files === undefined ? '–' : format.count(table.files),
      Size: table.bytes === undefined ? '–' : format.bytes(table.bytes),
      Days:
        span === null
          ? '–'
          : otherOf(whole, 'hourly') > 0
            ? `… – ${format.day(span.last)}`
            : span.first === span.last
            ? format.day(span.first)
            : `${format.day(span.first)} – ${format.day(span.last)}`,
      Columns: schema === null ? '–' : format.count(schema.columns?.length ?? 0),
      'Rows without a time': totals.noTime > 0 ? format.count(totals.noTime) : '',
      Committed: whole.committedAt === null ? '–' : format.moment(whole.committedAt),
    };
  }

  return {
    element: el('div', {}, address, el('dl', { class: 'dataset' }, [...pairs.values()]), warnings, advice.element),
    draw(model) {
      const now = [model.whole, model.status, model.schema];
      if (now.every((part, index) => part === drawn[index])) return;
      drawn = now;
      for (const [name, text] of Object.entries(facts(model))) {
        setText(values.get(name), text);
        pairs.get(name).hidden = text === '';
      }
      pairs.get('Columns').title = (model.schema?.columns ?? [])
        .map(
          ({ name, type }) =>
            `${format.value(name, 60)}: ${format.value(typeof type === 'string' ? type : JSON.stringify(type), 60)}`,
        )
        .slice(0, 100)
        .join('\n');
      advice.draw(adviceOf(model.status?.table));
      setText(address, model.status?.table?.uri ?? '');
      const told = (model.status?.warnings ?? []).map((warning) =>
        format.value(String(warning.message ?? warning), 400),
      );
      if (told.join('\n') !== [...warnings.children].map((item) => item.textContent).join('\n')) {
        warnings.replaceChildren(...told.map((text) => el('li', { textContent: text })));
      }
    },
  };
}

/** What to do about many small files. */
function adviceElement() {
  const text = el('p');
  const command = el('code');
  const copy = el('button', {
    type: 'button',
    class: 'button',
    textContent: 'Copy',
    onclick: () => copyText(command.textContent),
  });
  const element = el('div', { class: 'advice', hidden: true }, text, el('p', { class: 'advice-command' }, command, copy));
  return {
    element,
    draw(advice) {
      element.hidden = advice === null;
      if (advice === null) return;
      const { files, average, ideal } = advice;
      setText(
        text,
        `Many small files: ${format.count(files)} of ${format.bytes(average)} on average, where ${format.count(ideal)} would do. Reading rows, exports and other tools are faster after OPTIMIZE; the counts here stay the same.`,
      );
      setText(command, format.value(advice.command, 400));
    },
  };
}
