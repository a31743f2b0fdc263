/** What was made of texts, by file: the same text of a file is the same module, whoever asks: the bundle of a worker, another environment, a rebuild. Pure. */
import { createHash } from 'node:crypto';

/** Of each file, which parts of a component and a few edits share; an older text is made anew when it comes back. */
const TEXTS_OF_FILE = 8;

export class MadeModules<Made> {
  readonly #files = new Map<string, Map<string, Made>>();

  /** Whether anything was made of it. */
  has(file: string): boolean {
    return this.#files.has(file);
  }

  once(text: string, file: string, make: () => Made): Made {
    const texts = this.#files.get(file) ?? new Map<string, Made>();
    this.#files.set(file, texts);
    const hash = createHash('sha256').update(text).digest('base64');
    const made = texts.has(hash) ? texts.get(hash)! : make();
    // What was asked for last comes last.
    texts.delete(hash);
    texts.set(hash, made);
    for (const oldest of texts.keys()) if (texts.size > TEXTS_OF_FILE) texts.delete(oldest);
    return made;
  }
}
