/** What a resolve and a load hook do, the same for the synchronous hooks and for Node 20's hooks thread. */
import { fileURLToPath } from 'node:url';
import { isBuiltin, type LoadFnOutput } from 'node:module';
import { withNodePrefix } from './builtins.ts';
import type { Instrument } from './instrument.ts';
import type { Journal } from './journal.ts';
import { languageOf, type Scope } from './scope.ts';

export interface CommonJsText {
  text: string;
  /** As Node's handler tells it to `_compile`. */
  format: string;
}

export interface HookParts {
  scope: Scope;
  journal: Journal;
  instrument: Instrument;
  /**
   * Node itself runs TypeScript here. Where it does not, a TypeScript text without a source map is on its way to a
   * compiler that sits further out, and is instrumented when it comes out of that.
   */
  stripsTypes: boolean;
  /**
   * Takes the text of a CommonJS file, to instrument it when it is compiled (host-commonjs.ts); absent where Node does not show
   * it to hooks. Node looks for the names of exports in what the hook answers, and would not find `exports = require()` behind probes.
   */
  commonJs?: (path: string, text: CommonJsText) => void;
}

/** Absolute path of a `file:` URL (its query does not count); undefined for anything else. */
function pathOf(url: string | undefined): string | undefined {
  return url?.startsWith('file:') ? fileURLToPath(url) : undefined;
}

/** Records where a specifier of a file in scope led. Never throws: a hook that fails would fail the import. */
export function resolution(
  { scope, journal }: HookParts,
  specifier: string,
  context: { parentURL?: string | undefined; conditions?: Iterable<string> },
  url: string,
): void {
  try {
    const from = pathOf(context.parentURL);
    if (from === undefined || !scope.has(from)) return;
    const target = isBuiltin(url) ? withNodePrefix(url) : pathOf(url);
    if (target === undefined) return;
    const kind = [...(context.conditions ?? [])].includes('require') ? 'require' : 'import';
    journal.write({
      t: 'resolve',
      from: scope.name(from),
      specifier,
      to: isBuiltin(url) ? target : scope.name(target),
      kind,
    });
  } catch {
    // An edge less in the recording; the program goes on.
  }
}

const GOALS: Record<string, 'module' | 'commonjs'> = {
  module: 'module',
  'module-typescript': 'module',
  commonjs: 'commonjs',
  'commonjs-typescript': 'commonjs',
  // A package that does not say: Node tries CommonJS first.
  typescript: 'commonjs',
};

/** The load hook's answer with the text instrumented, or the answer as it is. */
export function loaded<T extends LoadFnOutput>(
  { instrument, scope, stripsTypes, commonJs }: HookParts,
  url: string,
  answer: T,
): T {
  const path = pathOf(url);
  const goal = GOALS[answer.format ?? ''];
  // CommonJS without a text is read by Node's own loader later on and passes `_compile`.
  if (path === undefined || goal === undefined || answer.source == null || !scope.has(path)) return answer;
  const text = typeof answer.source === 'string' ? answer.source : new TextDecoder().decode(answer.source);
  if (!stripsTypes && isTypeScript(path) && !text.includes('sourceMappingURL=')) return answer;
  if (goal === 'commonjs' && commonJs !== undefined) {
    commonJs(path, { text, format: answer.format as string });
    return answer;
  }
  const probed = instrument(text, { path, goal, format: answer.format as string });
  return probed === undefined ? answer : { ...answer, source: probed };
}

const isTypeScript = (path: string): boolean => languageOf(path)?.startsWith('ts') ?? false;
