/* Runs before the first paint, so that a chosen theme does not flash. Not a module: those come too late. */
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem('tidemark.theme');
    } catch {
      // storage is forbidden: the system's choice holds
    }
    document.documentElement.dataset.theme = chosen ?? (dark.matches ? 'dark' : 'light');
  };
  apply();
  dark.addEventListener('change', apply);
})();
