/** The one step that every host shares: text of a file in → text to run out. A host only translates its own call into this one. */
import type { Journal } from './journal.ts';
import type { ModuleText } from './questions.ts';
import type { Scope } from './scope.ts';
import type { Transformer } from './transformer.ts';

export interface InstrumentParts {
  scope: Scope;
  journal: Journal;
  transformer: Transformer;
  /** Why nothing may be instrumented just now, if so. */
  leaveAlone: () => string | undefined;
  /** Told before the text runs, and the author's. */
  onInstrumented: (module: ModuleText, base: number, text: string) => void;
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
    const reason = leaveAlone();
    if (reason !== undefined) return skip(module.path, reason);
    try {
      const instrumented = transformer.instrument(text, module);
      if (instrumented === undefined) return undefined;
      parts.onInstrumented(module, instrumented.base, text);
      return instrumented.text;
    } catch (error) {
      // The program wins: whatever went wrong here, the original text runs.
      return skip(module.path, (error as Error).message);
    }
  };
}
