/** Printing: colours only where a person looks, results on stdout, everything about them on stderr. */

export interface Paint {
  bold: (text: string) => string;
  dim: (text: string) => string;
  red: (text: string) => string;
  yellow: (text: string) => string;
  green: (text: string) => string;
  cyan: (text: string) => string;
}

export interface Terminal {
  /** Results. */
  print: (text: string) => void;
  /** Progress, warnings, summaries of a run. */
  say: (text: string) => void;
  /** A line that is replaced by the next one, ten times a second at most; nothing where stderr is not a terminal. */
  progress: (text: string) => void;
  paint: Paint;
  /** Colours for what goes to stderr. */
  paintError: Paint;
  columns: number;
  /** Whether results go to a terminal: somebody looks. */
  looks: boolean;
}

const same = (text: string): string => text;
/** No colours at all. */
export const PLAIN: Paint = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
} as const;

function paintFor(stream: NodeJS.WriteStream): Paint {
  const forced = process.env['FORCE_COLOR'];
  const wanted =
    forced !== undefined && forced !== '0' ? true : stream.isTTY && process.env['TERM'] !== 'dumb';
  const on = wanted && !process.env['NO_COLOR'];
  const entries = Object.entries(codes).map(([name, [open, close]]) => [
    name,
    (text: string) => (on ? `\u001B[${open}m${text}\u001B[${close}m` : text),
  ]);
  return Object.fromEntries(entries) as Paint;
}

const PROGRESS_MS = 100;

export function createTerminal(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Terminal {
  let shown = false;
  let shownAt = -Infinity;
  const clear = (): void => {
    if (shown) stderr.write('\r\u001B[2K');
    shown = false;
  };
  return {
    print: (text) => {
      clear();
      stdout.write(`${text}\n`);
    },
    say: (text) => {
      clear();
      stderr.write(`${text}\n`);
    },
    progress: (text) => {
      const now = performance.now();
      if (!stderr.isTTY || now - shownAt < PROGRESS_MS) return;
      shownAt = now;
      clear();
      stderr.write(text.slice(0, (stderr.columns || 80) - 1));
      shown = true;
    },
    paint: paintFor(stdout),
    paintError: paintFor(stderr),
    // A terminal that does not know its width says 0.
    columns: stdout.columns || 80,
    looks: stdout.isTTY,
  };
}

/** Control characters but tab and line feed, and those that change the direction of text. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * What a recorded program says may hold control characters: shown as they are, they could move the cursor or set the title.
 */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
