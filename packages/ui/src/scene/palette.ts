/** Colours for those who paint: read from the style sheet once for each theme, not for each frame. */
import { paint, theme } from '../state/theme.ts';

/** `paletteOf({ error: '--err' })().error`: the colour as the present theme has it. */
export function paletteOf<Names extends Record<string, `--${string}`>>(
  names: Names,
): () => Readonly<Record<keyof Names, string>> {
  let kept: Record<keyof Names, string> | null = null;
  theme.subscribe(() => (kept = null));
  return () => (kept ??= read(names));
}

const read = <Names extends Record<string, `--${string}`>>(names: Names): Record<keyof Names, string> =>
  Object.fromEntries(Object.entries(names).map(([name, variable]) => [name, paint(variable)])) as Record<
    keyof Names,
    string
  >;
