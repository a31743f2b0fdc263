/**
 * Precise coverage of a thread: how often V8 passed each block. It counts anew after each look, so there are parts: `coverage-000001.json` and so on.
 * The counters are one for all sessions of a thread: whoever else asks for them takes them away.
 */
import { partName } from './v8-parts.ts';
import type { V8Files } from './v8-files.ts';
import type { Session } from './v8-session.ts';

interface CoveredFunction {
  ranges: { count: number }[];
}

interface CoveredScript {
  url: string;
  functions: CoveredFunction[];
}

export class Coverage {
  readonly #session: Session;
  readonly #files: V8Files;
  #part = 0;

  /** @throws what the session throws */
  constructor(session: Session, files: V8Files) {
    this.#session = session;
    this.#files = files;
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Writes what was counted since. @throws what cannot be written */
  flush(): void {
    const { result } = this.#session.post('Profiler.takePreciseCoverage') as { result: CoveredScript[] };
    // Of a file that was loaded meanwhile something was passed: its own top level.
    const isPassed = ({ ranges }: CoveredFunction): boolean => ranges.some(({ count }) => count > 0);
    const seen = result.filter(({ url, functions }) => isOfProgram(url) && functions.some(isPassed));
    if (seen.length === 0) return;
    this.#part += 1;
    this.#files.write(partName('coverage', this.#part, 'json'), { result: seen });
  }

  /** @throws what cannot be written */
  end(): void {
    this.flush();
    this.#session.post('Profiler.stopPreciseCoverage');
  }
}

/** Files: as a URL, or a path. Neither Node's own, nor ours, which is called like it. */
const isOfProgram = (url: string): boolean => url.startsWith('file:') || /^(?:\/|[A-Za-z]:[\\/])/.test(url);
