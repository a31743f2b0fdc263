/** A repository as seen from a workspace in it: files of any commit as functions, by paths relative to the workspace. I/O: runs `git`, reads files. */
import { readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { Blobs } from './blobs.ts';
import { BROKEN, type PastFile, readPast } from './functions.ts';
import { said } from './git.ts';

/** Versions of files that are remembered: each is asked for as what came after one commit, and before another. */
const REMEMBERED = 200;

/** null: there is no such file. */
type Found = PastFile | typeof BROKEN | null;

/** What can be read of it. */
export const parsed = (found: Found): PastFile | null => (found === BROKEN ? null : found);

export class Repository {
  /** The workspace. */
  readonly root: string;
  /** Commit of the work tree. */
  readonly head: string;
  /** History before some commits is not here. */
  readonly isShallow: boolean;
  private readonly prefix: string;
  private readonly blobs: Blobs;
  private readonly files = new Map<string, Promise<Found>>();

  private constructor(root: string, head: string, isShallow: boolean, prefix: string) {
    this.root = root;
    this.head = head;
    this.isShallow = isShallow;
    this.prefix = prefix;
    this.blobs = new Blobs(root);
  }

  /** @throws Fault (NOT_FOUND): no repository, or none with a commit */
  static async open(root: string): Promise<Repository> {
    const facts = await said(root, 'rev-parse', '--is-shallow-repository', 'HEAD^{commit}');
    const prefix = await said(root, 'rev-parse', '--show-prefix');
    const [isShallow, head] = facts?.split('\n') ?? [];
    if (head === undefined || prefix === null)
      throw new Fault(
        ExitCode.NOT_FOUND,
        `git knows no commit of ${root}`,
        'history is told from what was committed',
      );
    return new Repository(root, head, isShallow === 'true', prefix);
  }

  close(): void {
    this.blobs.close();
  }

  /** Path from the top of the repository. */
  gitPath(path: string): string {
    return posix.join(this.prefix, path);
  }

  /** The other way round; what is outside of the workspace begins with `../`. */
  nameOf(gitPath: string): string {
    return posix.relative(`/${this.prefix}`, `/${gitPath}`);
  }

  async at(commit: string, path: string): Promise<Found> {
    return await this.file(`${commit}:${this.gitPath(path)}`, path);
  }

  /** Whether its text has that word; a text is read faster than its syntax. */
  async mentions(commit: string, path: string, word: string): Promise<boolean> {
    return (await this.blobs.read(`${commit}:${this.gitPath(path)}`))?.includes(word) ?? false;
  }

  /** Of content by its name. */
  async blob(blob: string, path: string): Promise<PastFile | null> {
    return parsed(await this.file(blob, path));
  }

  /** As it is now, committed or not. */
  now(path: string): PastFile | null {
    try {
      return readPast(readFileSync(resolve(this.root, path), 'utf8'), path);
    } catch {
      return null;
    }
  }

  private file(name: string, path: string): Promise<Found> {
    const key = `${name}\n${path}`;
    let file = this.files.get(key);
    if (file === undefined) {
      file = this.blobs.read(name).then((text) => (text === null ? null : (readPast(text, path) ?? BROKEN)));
      if (this.files.size >= REMEMBERED) this.files.delete(this.files.keys().next().value!);
      this.files.set(key, file);
    }
    return file;
  }
}
