/** Which lines a call passed, as far as its words tell: where it began, waited, threw, caught and wrote. */
import { isEnd, MomentEvent } from '../store/index.ts';
import type { RunMoments } from './moments.ts';

export interface PassedLine {
  line: number;
  t: number;
  kind: 'begin' | 'passed' | 'error' | 'end';
}

export interface CallLines {
  fn: number;
  lines: PassedLine[];
  /** null: it had not ended */
  endedAt: number | null;
  threw: boolean;
  /** It goes on for longer than is read for an answer. */
  isCut: boolean;
}

/** Frames that are read: some ms each. */
const FRAMES = 64;

/** Undefined: it is not in the recording, or there is none. */
export async function callLines(
  run: RunMoments,
  thread: number,
  call: number,
): Promise<CallLines | undefined> {
  const recorded = await run.moments?.thread(thread);
  const first = recorded?.frameOf(call) ?? -1;
  if (recorded === undefined || first < 0) return undefined;
  const found: CallLines = { fn: 0, lines: [], endedAt: null, threw: false, isCut: true };
  const last = Math.min(recorded.count, first + FRAMES) - 1;
  for (let frame = first; frame <= last && found.isCut; frame++) {
    const { stack, words, times } = recorded.open(frame);
    stack.listener = (event, each, fn, word) => {
      if (each !== call) return false;
      const t = times.sinceStart(word);
      if (isEnd(event)) {
        Object.assign(found, { endedAt: t, threw: event === MomentEvent.THROW, isCut: false });
        return true;
      }
      if (event === MomentEvent.BEGIN) found.fn = fn;
      const place = run.moments?.place(thread, words[word] >>> 4);
      if (place?.table.path === run.functionOf(found.fn).path)
        found.lines.push({ line: place.site.line, t, kind: KINDS[event] ?? 'passed' });
      return false;
    };
    stack.feed(words, 0, words.length, times);
  }
  // All there is was read.
  if (last + 1 === recorded.count) found.isCut = false;
  return found;
}

const KINDS: Partial<Record<MomentEvent, PassedLine['kind']>> = {
  [MomentEvent.BEGIN]: 'begin',
  [MomentEvent.ERROR]: 'error',
};
