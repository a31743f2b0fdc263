/**
 * A scenario's part of a recording, whoever drives the browser: steps become tasks, tabs are watched, pictures are taken. The run is its own, or one that
 * goes on around it. I/O: the run folder, sessions with the browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redaction } from '@intellimap/probe/core';
import { FIRST_SCENARIO, type RunFile } from '../base/recording.ts';
import { createScope } from '../load/scope.ts';
import { workspaceRedaction } from '../record/redaction.ts';
import { machineMicros } from '../record/run-file.ts';
import type { Cdp } from './cdp/protocol.ts';
import { SourceSites } from './cdp/source-sites.ts';
import { Tab } from './cdp/tab.ts';
import { WorkspaceFiles } from './cdp/workspace-files.ts';
import { Marks, type StepResult, type TaskNumber, toldError, ToldThread } from './marks.ts';
import type { StepOutcome } from './outcome.ts';
import type { Watched } from './watched.ts';

export interface RecordingWishes {
  /** The one that it is part of. */
  run: Pick<RunFile, 'root' | 'patterns' | 'values'>;
  runDir: string;
  name: string;
  /** Of the scenario, relative to the root. */
  file: string;
  /** Name and version of the browser. */
  agent: string;
  watched: Watched;
}

/** ms that a picture may take: of a page that is stuck there is none. */
const PICTURE_MS = 3000;
const MAX_PICTURES = 1000;

export class ScenarioRecording {
  readonly steps: StepOutcome[] = [];
  /** Files of pictures, relative to the run's folder. */
  readonly pictures: string[] = [];
  readonly #wishes: RecordingWishes;
  readonly #redaction: Redaction;
  readonly #marks: Marks;
  readonly #tabs: Tab[] = [];
  readonly #whole: TaskNumber;
  readonly #told = new Set<unknown>();
  /** Steps that have not ended, in order. */
  readonly #open = new Map<TaskNumber, { name: string; began: number }>();
  #ending: Promise<void> | undefined;
  #sites: SourceSites | undefined;

  /** @throws the file system's error */
  constructor(wishes: RecordingWishes) {
    this.#wishes = wishes;
    const { run, runDir, name, file, agent } = wishes;
    this.#redaction = workspaceRedaction(run.root, run.values?.redact);
    const began = machineMicros();
    this.#marks = new Marks(
      new ToldThread(runDir, {
        from: FIRST_SCENARIO,
        kind: 'scenario',
        name: `scenario ${name}`,
        url: file,
        agent,
        redaction: this.#redaction,
        began,
      }),
    );
    this.#whole = this.#marks.begin('scenario', name, began);
  }

  async watch(cdp: Cdp, url: string): Promise<Tab> {
    const { runDir, agent, watched } = this.#wishes;
    const redaction = this.#redaction;
    const tab = await Tab.open(cdp, url, {
      ...watched,
      runDir,
      agent,
      redaction,
      sites: () => this.#sitesOf(),
    });
    this.#tabs.push(tab);
    return tab;
  }

  async step<Result>(name: string, act: () => Result | Promise<Result>): Promise<Result> {
    if (this.#ending !== undefined)
      throw new Error(`the scenario is over: there is no step "${name}" any more`);
    const began = machineMicros();
    const task = this.#marks.begin('step', name, began);
    this.#open.set(task, { name, began });
    try {
      const answer = await act();
      if (this.#endStep(task, 'passed')) await this.#picture(task, name);
      return answer;
    } catch (error) {
      if (this.#endStep(task, 'failed', error)) await this.#picture(task, name);
      throw error;
    }
  }

  /** False: the scenario was over before. */
  #endStep(task: TaskNumber, result: StepResult, error?: unknown): boolean {
    const step = this.#open.get(task);
    if (step === undefined) return false;
    this.#open.delete(task);
    const at = machineMicros();
    if (result === 'failed') this.#fail(error, at);
    this.#marks.end(task, result, at);
    const why = result === 'failed' ? toldError(error).message : null;
    this.steps.push({ name: step.name, result, ms: (at - step.began) / 1000, error: why });
    return true;
  }

  async snapshot(): Promise<void> {
    for (const tab of this.#tabs) await tab.snapshot();
  }

  /** The scenario is over, as it is told first. Pages are still there, or it is known what they told before. */
  end(result: StepResult, error?: unknown): Promise<void> {
    return (this.#ending ??= this.#end(result, error));
  }

  async #end(result: StepResult, error: unknown): Promise<void> {
    const open = [...this.#open.keys()];
    for (const task of open.toReversed())
      this.#endStep(task, result === 'failed' ? 'failed' : 'skipped', error);
    const at = machineMicros();
    if (result === 'failed' && !this.#isKnown(error)) this.#fail(error, at);
    this.#marks.end(this.#whole, result, at);
    if (this.steps.length === 0 || open.length > 0) await this.#picture(this.#whole, this.#wishes.name);
    await this.snapshot();
    for (const tab of this.#tabs) await tab.end();
    this.#marks.close(machineMicros());
  }

  /** The same error goes through the steps around the one that failed. */
  #fail(error: unknown, at: number): void {
    if (this.#told.has(error)) return;
    this.#told.add(error);
    this.#marks.failed(error, at);
  }

  /** Of the whole, a runner may tell a copy of what a step failed with. */
  #isKnown(error: unknown): boolean {
    const { name, message } = toldError(error);
    return [...this.#told].map(toldError).some((each) => each.name === name && each.message === message);
  }

  async #picture(task: TaskNumber, name: string): Promise<void> {
    const tab = this.#tabs.at(-1);
    if (!this.#wishes.watched.pictures || tab === undefined || this.pictures.length >= MAX_PICTURES) return;
    const before = machineMicros();
    const bytes = await timely(tab.picture()).catch(() => undefined);
    if (bytes === undefined) return;
    const after = machineMicros();
    const path = this.#pictureFile(bytes);
    // It shows a moment in between.
    const micros = Math.round((before + after) / 2);
    this.#marks.note({
      t: 'picture',
      task,
      micros,
      unsure: Math.ceil((after - before) / 2),
      name,
      url: tab.url,
      path,
    });
    this.pictures.push(path);
  }

  /** Several scenarios of a run take numbers from one row. */
  #pictureFile(bytes: Buffer): string {
    const folder = join(this.#wishes.runDir, 'pictures');
    mkdirSync(folder, { recursive: true });
    for (let number = this.pictures.length + 1; ; number++) {
      const path = `pictures/${String(number).padStart(6, '0')}.png`;
      try {
        writeFileSync(join(this.#wishes.runDir, path), bytes, { flag: 'wx' });
        return path;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  #sitesOf(): SourceSites {
    const { root, patterns } = this.#wishes.run;
    const scope = createScope({ root, ...patterns, own: [join(root, '.intellimap')] });
    return (this.#sites ??= new SourceSites(new WorkspaceFiles(root), scope));
  }
}

async function timely<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('late')), PICTURE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
