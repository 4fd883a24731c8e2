/** What can be taken from a card: a picture, a link for other pages, its rows. */
import { say } from './clip.js';
import { el, icon } from './dom.js';
import { titleOf } from './drawer.js';
import { fileName } from './exports.js';
import * as format from './format.js';
import { menu } from './menu.js';
import { download, pictureOf } from './picture.js';

/**
 * @param card {element, view, title}
 * @param actions {model(), showRows(filter), filter(), copyText(text)}
 */
export function cardMenu({ element, view, title }, actions) {
  const entry = (textContent, act) =>
    el('button', {
      type: 'button',
      class: 'mark-item',
      textContent,
      onclick() {
        panel.close();
        act();
      },
    });
  const panel = menu(`More of ${title}`, () => {}, icon('M3.5 8h.01M8 8h.01M12.500 8h.01'));
  panel.element.classList.add('card-menu');
  panel.panel.append(
    entry('Save as PNG', async () => {
      const model = actions.model();
      const blob = await pictureOf(element, textsOf(title, model));
      download(blob, fileName(`${model.status?.table?.uri ?? ''}_${view}`, 'png', Date.now()));
      say('Saved as PNG');
    }),
    entry('Copy the link for embedding', () => actions.copyText(embedAddress(location.href, view))),
    entry('Show its events', () => actions.showRows(actions.filter())),
  );
  return panel.element;
}

/** Title, filter and version for a picture. */
export function textsOf(title, { filter, feed, status }) {
  const uri = status?.table?.uri ?? '';
  return {
    title,
    subtitle: `${titleOf(filter)} · ${format.value(uri, 120)}`,
    foot: `Version ${format.count(feed.version)}, committed ${format.moment(feed.committedAt)} · Tidemark`,
  };
}

/** The address of this view with one chart only. */
export function embedAddress(href, view) {
  const address = new URL(href);
  for (const name of ['rows', 'open', 'columns', 'view', 'embed']) address.searchParams.delete(name);
  address.searchParams.set('view', view);
  address.searchParams.set('embed', '');
  return address.href;
}
