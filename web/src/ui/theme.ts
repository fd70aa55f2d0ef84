const KEY = 'microcos.theme';

/** Applies the person's choice of colours, if they made one; else the system's holds. */
export function applyTheme(): void {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
}

/** True if the page is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Changes between light and dark, and remembers it; gives whether it is dark now. */
export function toggleTheme(): boolean {
  const next = isDark() ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = next;
  localStorage.setItem(KEY, next);
  return next === 'dark';
}
