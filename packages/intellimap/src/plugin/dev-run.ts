/** The run that pages of a dev server belong to: that of the command the server is part of, or one of its own. I/O: the run's folder. */
import { basename } from 'node:path';
import { getEnvironmentData } from 'node:worker_threads';
import { PROBE_KEY, type ProbeShared } from '@intellimap/probe/wire';
import type { Bundled, RunFile } from '../base/recording.ts';
import { patternsOf } from '../load/globs.ts';
import { createRunFolder } from '../record/folder.ts';
import { gitFacts } from '../record/git.ts';
import { endRunFile, runFileOf, UNASKED } from '../record/run-file.ts';
import { version } from '../record/version.ts';
import type { PageSettings } from './page-settings.ts';

/** What the probe of this process shares with its workers, when that is recorded. The registry itself is gone from the globals. */
export const recordedHere = (): ProbeShared | undefined =>
  getEnvironmentData(PROBE_KEY) as ProbeShared | undefined;

export class DevRun {
  readonly root: string;
  readonly pages: PageSettings;
  readonly #bundled: (() => Bundled) | undefined;
  #git: RunFile['git'] = null;
  #file: RunFile | undefined;
  #folder: string | undefined;

  /** @param bundled what made the pages, as of now; absent: nobody here knows */
  constructor(root: string, pages: PageSettings, bundled?: () => Bundled) {
    this.root = root;
    this.pages = pages;
    this.#bundled = bundled;
    // Known before the first page comes.
    if (recordedHere() === undefined) void gitFacts(root).then((facts) => (this.#git = facts));
  }

  /** Undefined: no page has come, or the run is somebody else's. */
  get id(): string | undefined {
    return this.#file?.id;
  }

  /** Its folder, absolute. Asked when the first page comes, which makes it. @param agoMs for how long that has been recorded @throws the file system's error */
  folder(agoMs: number): string {
    return (this.#folder ??= recordedHere()?.runDir ?? this.#begin(agoMs));
  }

  get startedAt(): number {
    return this.#file?.startedAt ?? Date.now();
  }

  /** Nothing more comes. */
  end(): void {
    const file = this.#file;
    if (file === undefined || this.#folder === undefined) return;
    this.#file = undefined;
    endRunFile(this.#folder, file, { exitCode: 0, signal: null, ...this.#madeBy() });
  }

  #madeBy(): Pick<RunFile, 'bundled'> {
    return this.#bundled === undefined ? {} : { bundled: this.#bundled() };
  }

  #begin(agoMs: number): string {
    const [, script = '', ...rest] = process.argv;
    const command = [basename(script), ...rest];
    const { root } = this;
    const known = { command, cwd: process.cwd(), root, intellimap: version(), ...this.#madeBy() };
    this.#file = runFileOf({ ...known, ...UNASKED, ...this.#scope() }, this.#git, agoMs);
    return createRunFolder(root, this.#file);
  }

  #scope(): Pick<RunFile, 'include' | 'exclude' | 'patterns'> {
    const { include, exclude } = this.pages;
    return {
      include,
      exclude,
      patterns: { include: patternsOf(include), exclude: patternsOf(exclude) },
    };
  }
}
