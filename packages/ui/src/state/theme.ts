/** Dark or light, as the system says until a person says otherwise; and the colours for those who paint on canvases. */
import { createStore } from 'zustand/vanilla';

export type Theme = 'dark' | 'light';

const KEPT_AS = 'intellimap.theme';
const systemIsLight = matchMedia('(prefers-color-scheme: light)');

const kept = (): Theme | null => {
  const text = localStorage.getItem(KEPT_AS);
  return text === 'dark' || text === 'light' ? text : null;
};
const wanted = (): Theme => kept() ?? (systemIsLight.matches ? 'light' : 'dark');

export const theme = createStore<{ theme: Theme }>(() => ({ theme: wanted() }));

export function setTheme(next: Theme): void {
  localStorage.setItem(KEPT_AS, next);
  show(next);
}

export const otherTheme = (): void => setTheme(theme.getState().theme === 'dark' ? 'light' : 'dark');

function show(next: Theme): void {
  document.documentElement.dataset.theme = next;
  theme.setState({ theme: next });
}

show(wanted());
systemIsLight.addEventListener('change', () => show(wanted()));

/** A colour that nobody named is seen at once. */
const MISSING = 'hotpink';

/** `paint('--err')`: the colour as the present theme has it; read it when the theme changes, not for each frame. */
export const paint = (name: `--${string}`): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || MISSING;
