/**
 * Events that a page tells. The recorder of a page is as small as can be: it only leaves, on a global symbol, what an event is told with; what to tell of it
 * is decided here, as `probe/core/event-values.ts` does for Node. This file is in pages that tell events, recorded or not, and imports nothing.
 */

/** What the recorder leaves: `[thread, mark, redaction, micros]` of `probe/browser/index.ts`. */
export type PageRecorder = [
  thread: { note: (note: object) => void; number: () => number; atTake: (act: () => void) => void },
  mark: (word: number, operand: number) => void,
  redaction: {
    isSecretName: (name: string) => boolean;
    shown: (text: string, where: string, max?: number) => string;
    token: (rule: string, text: string, where: string) => string;
  },
  micros: () => number,
];

/** A TASK word of the wire format: something is told here, by its number. */
const ASKS = (3 << 4) | 12;
/** Of a page; those beyond are counted. */
const MAX_EVENTS = 10_000;
const MAX_FIELDS = 32;
const MAX_NAME = 100;
const MAX_TEXT = 300;

interface Counts {
  all: number;
  told: number;
}

/** By recorder: a page that is recorded twice tells each. */
const COUNTS = new WeakMap<object, Counts>();

/** Never throws. */
export function tellOnPage(recorder: PageRecorder, name: string, values: object): void {
  try {
    const [thread, mark, redaction, micros] = recorder;
    const counts = countsOf(thread);
    if (++counts.all > MAX_EVENTS) return;
    const told = shownValues(values, redaction);
    const id = thread.number();
    mark(ASKS, id);
    counts.told = counts.all;
    const shown = redaction.shown(name, 'event', MAX_NAME);
    thread.note({ t: 'event', id, n: counts.all, name: shown, values: told, micros: micros() });
  } catch {
    // An event that is not told.
  }
}

function countsOf(thread: PageRecorder[0]): Counts {
  const known = COUNTS.get(thread);
  if (known !== undefined) return known;
  const counts = { all: 0, told: 0 };
  COUNTS.set(thread, counts);
  thread.atTake(() => {
    if (counts.all > counts.told) thread.note({ t: 'event', n: (counts.told = counts.all) });
  });
  return counts;
}

function shownValues(values: object, { isSecretName, shown, token }: PageRecorder[2]): object {
  const told: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values).slice(0, MAX_FIELDS)) {
    const isText = typeof value === 'string';
    if (name.length > MAX_NAME || !(isText || typeof value === 'number' || typeof value === 'boolean'))
      continue;
    const plain = `${value}`;
    const text = isSecretName(name)
      ? token('secret', isText ? value : '', 'event')
      : shown(plain, 'event', MAX_TEXT);
    told[name] = isText || text !== plain ? text : value;
  }
  return told;
}
