/** Which threads of a run are whose: each page has a process of its own in it, its workers are threads of that. I/O: the folder `threads` of a run. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hello } from '@intellimap/probe/wire';
import { FIRST_PAGE } from '../base/recording.ts';
import { Refusal } from './refusal.ts';

/** In the folder of a thread: which session it is. */
const SESSION_FILE = 'session.json';
/** Each has a folder, and some hundred bytes of memory. */
export const MAX_THREADS = 100_000;

export interface Speaker {
  hello: Hello;
  /** What it told before its first batch here is in another run. */
  isLate: boolean;
}

export interface Session extends Speaker {
  pid: number;
  tid: number;
}

interface Page {
  pid: number;
  /** Of its latest worker. */
  lastTid: number;
}

export class Sessions {
  readonly #folder: string;
  readonly #known = new Map<string, Session>();
  /** By their session: of some only workers have spoken so far. */
  readonly #pages = new Map<string, Page>();
  #last = FIRST_PAGE;

  /** Goes on with what collectors before this one began. */
  constructor(runDir: string) {
    this.#folder = join(runDir, 'threads');
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) this.#read(name);
  }

  get size(): number {
    return this.#known.size;
  }

  get(session: string): Session | undefined {
    return this.#known.get(session);
  }

  /** Makes the folder of its thread. @throws Refusal: there are too many; the file system's error */
  begin(session: string, speaker: Speaker): Session {
    if (this.size >= MAX_THREADS)
      throw new Refusal(507, `a run holds ${MAX_THREADS} threads of pages, and this one has them`);
    const { parent } = speaker.hello;
    const tid = parent === undefined ? 0 : this.#worker(parent);
    const { pid } = this.#page(parent ?? session);
    const file = join(this.#folder, `${pid}-${tid}`, SESSION_FILE);
    writeFileSync(`${file}.tmp`, JSON.stringify({ session, ...speaker }));
    renameSync(`${file}.tmp`, file);
    const known = { ...speaker, pid, tid };
    this.#known.set(session, known);
    return known;
  }

  /** Whose process has the folder of its page, whoever of it speaks first. */
  #page(session: string): Page {
    const known = this.#pages.get(session);
    if (known !== undefined) return known;
    while (!this.#claim(++this.#last, 0));
    const page = { pid: this.#last, lastTid: 0 };
    this.#pages.set(session, page);
    return page;
  }

  #worker(parent: string): number {
    const page = this.#page(parent);
    while (!this.#claim(page.pid, ++page.lastTid));
    return page.lastTid;
  }

  /** Several collectors may write to a run: whoever makes the folder has it. */
  #claim(pid: number, tid: number): boolean {
    try {
      mkdirSync(join(this.#folder, `${pid}-${tid}`));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  #read(name: string): void {
    const [pid, tid] = name.split('-').map(Number);
    if (!(pid > FIRST_PAGE)) return;
    this.#last = Math.max(this.#last, pid);
    const told = sessionIn(join(this.#folder, name, SESSION_FILE));
    if (told === undefined) return;
    const { session, ...speaker } = told;
    this.#known.set(session, { ...speaker, pid, tid });
    const page = speaker.hello.parent ?? session;
    this.#pages.set(page, { pid, lastTid: Math.max(tid, this.#pages.get(page)?.lastTid ?? 0) });
  }
}

/** Without one, the collector was killed before the first batch was kept, or only workers of the page have spoken. */
function sessionIn(file: string): (Speaker & { session: string }) | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Speaker & { session: string };
  } catch {
    return undefined;
  }
}
