/** The page's elements. Text from the table goes in as text only; there is no way here to make markup from a string. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Properties are set as such; `class`, names with a dash and `role` are attributes.
 *
 * @param children elements or texts; null and false are left out
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class' || name === 'role' || name.includes('-')) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false));
  return element;
}

/** A line icon of 16 by 16 from the data of its paths. */
export function icon(...paths) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Sets an element's text if it is another, so that what did not change is not laid out again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A value of the table for reading: null and '' are told apart from the texts "(null)" and "(empty)" by their style. */
export function valueElement(text, blank) {
  return el('bdi', { class: blank ? 'value blank' : 'value' }, breakable(text));
}

/** The text with places where it may be broken after the signs that names are joined with. */
function breakable(text) {
  return text
    .split(/(?<=[_./:-])/)
    .flatMap((part, index) => (index === 0 ? [part] : [document.createElement('wbr'), part]));
}
