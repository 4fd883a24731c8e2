/** Light and dark: the button, and the colours that charts need as text. */

/** Calls back when the theme has changed, by the button or by the system. */
export function watchTheme(button, changed) {
  const root = document.documentElement;
  const describe = () => {
    const dark = root.dataset.theme === 'dark';
    button.setAttribute('aria-label', dark ? 'Use the light theme' : 'Use the dark theme');
    button.title = button.getAttribute('aria-label');
  };
  button.addEventListener('click', () => {
    root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('tidemark.theme', root.dataset.theme);
    } catch {
      // storage is forbidden: the choice lasts as long as the page
    }
  });
  new MutationObserver(() => {
    describe();
    changed();
  }).observe(root, { attributeFilter: ['data-theme'] });
  describe();
}

export const themeName = () => document.documentElement.dataset.theme;

/** Colours of the style sheet as the theme now has them. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    muted: read('text-muted'),
    grid: read('grid'),
    surface: read('surface'),
    border: read('border-strong'),
    accent: read('accent'),
    accentSoft: read('accent-soft'),
    accentNone: read('accent-none'),
    bar: read('bar'),
    bad: read('bad'),
    neutral: read('neutral'),
    compare: read('compare'),
    tooltip: read('tooltip'),
    tooltipText: read('tooltip-text'),
    categories: read('categories').split(/\s+/),
  };
}
