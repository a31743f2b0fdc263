/**
 * Hears what is written in the folders of a workspace, but for those that nobody looks into and those that git ignores. It tells paths and nothing about them: what is
 * there is for whoever asks to find.
 *
 * On Linux each folder is watched by itself: Node's `recursive` is made of the same there, and looks for new folders while they are written to. Here a folder is
 * watched before it is listed, so that nothing falls in between. Other systems watch all that is below a folder themselves. I/O: `fs.watch`.
 */
import { type BigIntStats, type FSWatcher, lstatSync, watch } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { ExitCode, Fault } from '../base/fault.ts';
import { entriesIn } from './files.ts';
import { isClosed } from './matters.ts';

export interface FolderWatchOptions {
  /** Of a path relative to the workspace; of folders with a slash at the end. */
  isIgnored: (path: string) => boolean;
  /** Something happened at this path, relative to the workspace; '': anywhere. */
  onChange: (path: string) => void;
  /** It hears no more, or not all. */
  onFault: (fault: Fault) => void;
}

interface Watched {
  watcher: FSWatcher;
  /** Another folder may come to have its name, and its number as well. */
  identity: string;
}

export class FolderWatch {
  private readonly root: string;
  private readonly options: FolderWatchOptions;
  /** The system watches all folders below one by itself. */
  private readonly isOne: boolean;
  /** By folder, relative to the workspace. */
  private readonly watched = new Map<string, Watched>();

  constructor(root: string, options: FolderWatchOptions, isOne = process.platform !== 'linux') {
    this.root = root;
    this.options = options;
    this.isOne = isOne;
  }

  /** Begins, and later goes by what is ignored now. Returns whether any folder is watched that was not. */
  renew(): boolean {
    for (const folder of this.watched.keys())
      if (folder !== '' && this.options.isIgnored(`${folder}/`)) this.remove(folder);
    const before = this.watched.size;
    this.add('');
    return this.watched.size > before;
  }

  close(): void {
    for (const { watcher } of this.watched.values()) watcher.close();
    this.watched.clear();
  }

  private add(folder: string): void {
    if (folder !== '' && (isClosed(folder) || this.options.isIgnored(`${folder}/`))) return;
    if (!this.watched.has(folder)) this.watch(folder);
    if (this.isOne) return;
    for (const entry of entriesIn(join(this.root, folder)))
      if (entry.isDirectory()) this.add(posix.join(folder, entry.name));
  }

  /** A folder, and all below it. */
  private remove(folder: string): void {
    for (const [each, { watcher }] of this.watched)
      if (each === folder || each.startsWith(`${folder}/`)) {
        watcher.close();
        this.watched.delete(each);
      }
  }

  private watch(folder: string): void {
    const absolute = join(this.root, folder);
    try {
      const identity = identityOf(stateOf(absolute));
      const watcher = watch(absolute, { recursive: this.isOne }, (_, name) =>
        this.heard(name === null ? folder : posix.join(folder, name.split(sep).join('/'))),
      );
      // A folder that went away; whoever holds it says so, too.
      watcher.on('error', () => this.options.onChange(folder));
      this.watched.set(folder, { watcher, identity });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EMFILE') this.options.onFault(tooMany(message));
      // Else it is gone again, or closed to us: nothing is to be heard there.
    }
  }

  private heard(path: string): void {
    if (isClosed(path)) return;
    if (!this.isOne && path !== '') this.follow(path);
    this.options.onChange(path);
  }

  /** Folders come, go, and take each other's names. */
  private follow(path: string): void {
    const state = stateOf(join(this.root, path));
    const isFolder = state?.isDirectory() === true;
    const known = this.watched.get(path);
    if (known !== undefined && (!isFolder || known.identity !== identityOf(state))) this.remove(path);
    if (isFolder) this.add(path);
  }
}

const stateOf = (path: string): BigIntStats | undefined =>
  lstatSync(path, { throwIfNoEntry: false, bigint: true });

const identityOf = (state: BigIntStats | undefined): string => `${state?.ino} ${state?.birthtimeNs}`;

const tooMany = (message: string): Fault =>
  new Fault(
    ExitCode.FAILED,
    `not all folders can be watched: ${message}`,
    'Let the system watch more (on Linux: sysctl fs.inotify.max_user_watches), or have git ignore what is made by programs.',
  );
