/** What the transformer keeps of its work: how texts lead back, and the texts themselves as long as there is room. */
import { createHash } from 'node:crypto';
import Module from 'node:module';
import type { InstrumentedText, ModuleText } from '../questions.ts';
import { withoutInsertions } from '../../transform/3-rewrite/moves.ts';
import type { Outcome } from './instrument.ts';

/** Characters of texts that are kept for threads and realms to come. */
const KEPT_CHARACTERS = 64 * 2 ** 20;

export class Memory {
  readonly #texts: InstrumentedText[] = [];
  readonly #newest = new Map<string, InstrumentedText>();
  /** By digest of the question; those used last come last. */
  readonly #kept = new Map<string, Outcome>();
  #characters = 0;
  readonly #limit: number;

  constructor(limit = KEPT_CHARACTERS) {
    this.#limit = limit;
  }

  /** The same text was asked for before: by another worker, or for another realm of a test runner. */
  known(digest: string): Outcome | undefined {
    const found = this.#kept.get(digest);
    if (found === undefined) return undefined;
    this.#kept.delete(digest);
    this.#kept.set(digest, found);
    if (found.instrumented) this.#newest.set(found.instrumented.path, found.instrumented);
    return found;
  }

  keep(digest: string, outcome: Outcome): void {
    const { instrumented } = outcome;
    if (instrumented !== undefined) {
      const { code: _, ...text } = instrumented;
      this.#texts.push(text);
      this.#newest.set(text.path, text);
    }
    this.#kept.set(digest, outcome);
    this.#characters += sizeOf(outcome);
    for (const [oldest, dropped] of this.#kept) {
      if (this.#characters <= this.#limit) break;
      this.#kept.delete(oldest);
      this.#characters -= sizeOf(dropped);
    }
  }

  /** The newest text of a path as V8 would have it, unless there was no room to keep it. */
  before(path: string): string | undefined {
    const base = this.#newest.get(path)?.base;
    for (const { instrumented } of this.#kept.values()) {
      if (instrumented === undefined || instrumented.base !== base) continue;
      const text = withoutInsertions(instrumented.moves, instrumented.code, 0);
      return instrumented.isTypeScript ? stripTypes(text) : text;
    }
    return undefined;
  }

  atPath(path: string): InstrumentedText | undefined {
    return this.#newest.get(path);
  }

  /** Site ids were given out in ascending order. */
  ofSite(site: number): InstrumentedText | undefined {
    const found = this.#texts.findLast(({ base }) => base <= site);
    return found !== undefined && site < found.base + found.count ? found : undefined;
  }
}

/** As Node does it, where it does. */
function stripTypes(text: string): string {
  const { stripTypeScriptTypes } = Module as { stripTypeScriptTypes?: (text: string) => string };
  return stripTypeScriptTypes === undefined ? text : stripTypeScriptTypes(text);
}

const sizeOf = ({ instrumented }: Outcome): number => instrumented?.code.length ?? 0;

export function digestOf(text: string, module: ModuleText): string {
  return createHash('sha256').update(JSON.stringify(module)).update('\0').update(text).digest('base64');
}
