/** Keys as commands have them → as they are written on keyboards. Pure, but for asking which keyboard that is. */
const NAMES: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Backspace: '⌫',
  Space: 'Space',
  ' ': 'Space',
  Comma: ',',
  Period: '.',
};

export const isMac = (): boolean => globalThis.navigator?.platform?.startsWith('Mac') ?? false;

/** `g m` → G, M; `$mod+Shift+KeyK` → Ctrl+Shift+K: one text for each press. */
export function keyParts(keys: string, mac = isMac()): string[] {
  return keys
    .split(/(?<!^) (?!$)/)
    .map((press) => parts(press).map((part) => named(part, mac)).join(mac ? '' : '+')); // prettier-ignore
}

/** `+` is a key, too. */
const parts = (press: string): string[] => press.split(/(?<!^|\+)\+/);

function named(part: string, mac: boolean): string {
  if (part === '$mod') return mac ? '⌘' : 'Ctrl';
  if (mac && part === 'Alt') return '⌥';
  if (mac && part === 'Shift') return '⇧';
  const letter = /^(?:Key|Digit)(.)$/.exec(part)?.[1];
  return letter ?? NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
}
