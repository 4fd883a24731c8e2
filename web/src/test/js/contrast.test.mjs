/** Colours that can be told apart: WCAG 2.2 AA, computed from the style sheet in both themes. Run with `node --test`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { heat } from '../../main/resources/webroot/js/charts/heat.js';
import { inkOn } from '../../main/resources/webroot/js/charts/base.js';

const css = readFileSync(new URL('../../main/resources/webroot/css/base.css', import.meta.url), 'utf8');
const light = colours(css.slice(css.indexOf(':root {'), css.indexOf('}', css.indexOf(':root {'))));
const darkAt = css.indexOf(":root[data-theme='dark'] {");
const dark = { ...light, ...colours(css.slice(darkAt, css.indexOf('}', darkAt))) };

/** Text, and what it stands on. */
const TEXTS = [
  ...['bg', 'surface', 'surface-2'].flatMap((ground) => [
    ['text', ground],
    ['text-muted', ground],
    ['accent-ink', ground],
  ]),
  ...['good', 'busy', 'warn', 'bad', 'idle'].map((tone) => [tone, `${tone}-wash`]),
  ...['good', 'bad', 'warn', 'compare'].map((tone) => [tone, 'surface']),
  ['text', 'warn-wash'],
  ['text-muted', 'warn-wash'],
  ['text-muted', 'bad-wash'],
  ['accent-ink', 'accent-wash'],
  ['text', 'accent-wash'],
  ['text-muted', 'accent-wash'],
  ['tooltip-text', 'tooltip'],
  ['surface', 'accent-ink'],
];

/** What must be seen but not read: lines, bars, the edge of an input, the mark of focus. */
const SHAPES = [
  ['accent', 'surface'],
  ['accent', 'bg'],
  ['bar', 'surface'],
  ['compare', 'surface'],
  ['border-strong', 'surface'],
];

for (const [theme, palette] of Object.entries({ light, dark })) {
  test(`every text can be read in the ${theme} theme`, () => {
    for (const [ink, ground] of TEXTS) atLeast(4.5, palette, ink, ground, theme);
  });

  test(`every line and bar can be seen in the ${theme} theme`, () => {
    for (const [ink, ground] of SHAPES) atLeast(3, palette, ink, ground, theme);
  });

  test(`percentages can be read on every slice in the ${theme} theme`, () => {
    for (const slice of palette.categories.split(/\s+/)) {
      const ratio = contrast(rgb(inkOn(slice)), rgb(slice));
      assert.ok(ratio >= 4.5, `${theme}: ${ratio.toFixed(2)} on ${slice}`);
    }
  });
}

test('counts can be read on every heat', () => {
  for (let share = 0; share <= 1; share += 1 / 256) {
    const colour = heat(share);
    const ratio = contrast(rgb(inkOn(colour)), colour);
    assert.ok(ratio >= 4.5, `${ratio.toFixed(2)} at ${share}`);
  }
});

function atLeast(least, palette, ink, ground, theme) {
  const ratio = contrast(rgb(palette[ink]), rgb(palette[ground]));
  assert.ok(ratio >= least, `${theme}: --${ink} on --${ground} is ${ratio.toFixed(2)}`);
}

function colours(block) {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

function rgb(hex) {
  assert.match(hex, /^#[0-9a-f]{6}$/);
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one, other) {
  const [high, low] = [one, other].map(luminance).sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
