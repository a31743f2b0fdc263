/** The one step that every host shares: text of a file in → text to run out. A host only translates its own call into this one. */
import type { Journal } from './journal.ts';
import type { ModuleText } from './questions.ts';
import type { Scope } from './scope.ts';
import type { Transformer } from './transformer.ts';

export interface InstrumentParts {
  scope: Scope;
  journal: Journal;
  transformer: Transformer;
  /** Why nothing may be instrumented in this process, if so. */
  leaveAlone: string | undefined;
  /** Told before the text runs, and the author's. */
  onInstrumented: (path: string, base: number, text: string) => void;
}

/** Undefined: the text as it is. */
export type Instrument = (text: string, module: ModuleText) => string | undefined;

export function createInstrument(parts: InstrumentParts): Instrument {
  const { scope, journal, transformer, leaveAlone } = parts;

  const skip = (path: string, reason: string): undefined => {
    try {
      journal.write({ t: 'skip', path: scope.name(path), reason });
    } catch {
      // Not even the recording folder can be written: the run's end says so.
    }
  };

  return (text, module) => {
    if (!scope.has(module.path)) return undefined;
    if (leaveAlone !== undefined) return skip(module.path, leaveAlone);
    try {
      const instrumented = transformer.instrument(text, module);
      if (instrumented === undefined) return undefined;
      parts.onInstrumented(module.path, instrumented.base, text);
      return instrumented.text;
    } catch (error) {
      // The program wins: whatever went wrong here, the original text runs.
      return skip(module.path, (error as Error).message);
    }
  };
}
