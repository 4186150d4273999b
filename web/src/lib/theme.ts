/** The other theme, remembered on this computer where the browser allows. */
export function switchTheme(): void {
  const root = document.documentElement;
  const next = root.dataset.theme === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  try {
    localStorage.setItem('khien-theme', next);
  } catch {
    // Kept until the page is left.
  }
}
