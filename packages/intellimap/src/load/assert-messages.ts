/**
 * `assert.ok(value)` without a message quotes its own call: Node reads the source, in the place that V8 has for it, which is one of the
 * instrumented text. Only Node's constructor sees that message before the program does: what it hands to `Error` is put right.
 */
import { findSourceMap } from 'node:module';
import type { CallSite } from './call-sites.ts';
import { stackAbove } from './caller.ts';
import { changeSuper, type MoreFrames } from './mirror.ts';
import type { QuotedCall } from './questions.ts';
import type { PlaceLookup } from './stack-traces.ts';
import { pathOfScript } from './script-name.ts';

const QUOTED = 'The expression evaluated to a falsy value:\n\n  ';
/** When Node finds no call. */
const NOT_QUOTED = ' == true';

export interface AssertParts {
  place: PlaceLookup;
  /** What Node would quote of the author's text. */
  quote: (call: QuotedCall) => string | undefined;
  moreFrames: MoreFrames;
}

/** Takes effect once per thread; loads `node:assert`. */
export function assertMessages({ place, quote, moreFrames }: AssertParts): () => void {
  let isFixed = false;
  return () => {
    if (isFixed) return;
    isFixed = true;
    // Not required: programs put themselves between (`Module._load`).
    const { AssertionError } = process.getBuiltinModule('node:assert');
    const change = (args: unknown[]): void => {
      try {
        const message = args[0];
        if (typeof message !== 'string') return;
        const isQuoted = message.startsWith(QUOTED);
        if (!isQuoted && !message.endsWith(NOT_QUOTED)) return;
        const call = callOfOk(stackAbove(change, FRAMES), isQuoted);
        const authors = call && place(call.path, call.line, call.column);
        const quoted = authors && quote({ ...call, ...authors });
        if (quoted !== undefined) args[0] = `${QUOTED}${quoted}\n`;
      } catch {
        // The message stays as Node has it.
      }
    };
    changeSuper(AssertionError, change, moreFrames);
  };
}

/** Six of Node's, at the most, and the program's. */
const FRAMES = 10;

/** `assert.ok` and its like, and that of a test's context. */
const ASSERTS = /^node:(?:assert|internal\/test_runner\/)/;

function callOfOk(stack: CallSite[] | string | undefined, isQuoted: boolean): QuotedCall | undefined {
  if (!Array.isArray(stack)) return undefined;
  const ok = stack.findIndex((site) => site.getFunctionName() === 'innerOk');
  const call = stack.slice(ok + 1).find((site) => !ASSERTS.test(site.getFileName() ?? ''));
  const file = call?.getFileName();
  const line = call?.getLineNumber();
  const column = call?.getColumnNumber();
  if (ok < 0 || !file || !line || !column) return undefined;
  const byMap = process.sourceMapsEnabled && (!isQuoted || findSourceMap(file) !== undefined);
  return { path: pathOfScript(file), line, column, byMap };
}
