// Before the first paint: the theme this person chose, else the system's.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('khien-theme');
  } catch (e) {
    // No storage: the system's theme.
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = chosen || (dark ? 'dark' : 'light');
})();
