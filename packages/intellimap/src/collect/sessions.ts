/** Which threads of a run are whose: each page has a process of its own in it, its workers are threads of that. I/O: the folder `threads` of a run. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hello } from '@intellimap/probe/wire';

/** Numbers of processes, where processes of a machine have none: Linux counts to 2^22. */
export const FIRST_PAGE = 10_000_000;

/** In the folder of a thread: which session it is. */
const SESSION_FILE = 'session.json';

export interface Session {
  pid: number;
  tid: number;
  hello: Hello;
}

export class Sessions {
  readonly #folder: string;
  readonly #known = new Map<string, Session>();
  /** Processes of pages, by their session: of some only workers have spoken so far. */
  readonly #pages = new Map<string, number>();
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

  /** Makes the folder of its thread. @throws the file system's error */
  begin(session: string, hello: Hello): Session {
    const place = hello.parent === undefined ? this.#page(session) : this.#worker(hello.parent);
    const file = join(this.#folder, `${place.pid}-${place.tid}`, SESSION_FILE);
    writeFileSync(`${file}.tmp`, JSON.stringify({ session, hello }));
    renameSync(`${file}.tmp`, file);
    const known = { ...place, hello };
    this.#add(session, known);
    return known;
  }

  #page(session: string): { pid: number; tid: number } {
    const meant = this.#pages.get(session);
    if (meant !== undefined && this.#claim(meant, 0)) return { pid: meant, tid: 0 };
    for (;;) if (this.#claim(++this.#last, 0)) return { pid: this.#last, tid: 0 };
  }

  #worker(page: string): { pid: number; tid: number } {
    let pid = this.#pages.get(page);
    if (pid === undefined) this.#pages.set(page, (pid = ++this.#last));
    for (let tid = 1; ; tid++) if (this.#claim(pid, tid)) return { pid, tid };
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

  #add(session: string, known: Session): void {
    this.#known.set(session, known);
    this.#pages.set(known.hello.parent ?? session, known.pid);
  }

  #read(name: string): void {
    const [pid, tid] = name.split('-').map(Number);
    if (!(pid > FIRST_PAGE)) return;
    this.#last = Math.max(this.#last, pid);
    const told = sessionIn(join(this.#folder, name, SESSION_FILE));
    if (told !== undefined) this.#add(told.session, { pid, tid, hello: told.hello });
  }
}

/** Without one, the collector was killed before the first batch was kept. */
function sessionIn(file: string): { session: string; hello: Hello } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { session: string; hello: Hello };
  } catch {
    return undefined;
  }
}
