/**
 * The thread that a scenario is in its recording: the scenario and each step are tasks of it, so that everything that asks for tasks (report, gates, the
 * cinema) knows them. Written as it comes, so that a runner that is killed leaves what was done. I/O: one folder of segments.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { redactNote, type Redaction } from '@intellimap/probe/core';
import { Kind, type Note, SegmentWriter, VERSION, wordOf } from '@intellimap/probe/wire';
import type { Micros } from '../base/recording.ts';

export type StepResult = 'passed' | 'failed' | 'skipped';
export type TaskNumber = number;

export interface WrittenThread {
  /** First number of those among which it takes one. */
  from: number;
  kind: string;
  name: string;
  url: string;
  /** Name and version of the browser. */
  agent: string;
  clock?: { shift: number; unsure: number | null };
  redaction: Redaction;
  began: Micros;
}

/** A thread whose events are few, told one by one by somebody else than a probe. */
export class ToldThread {
  readonly pid: number;
  readonly #fd: number;
  readonly #writer: SegmentWriter;
  readonly #redaction: Redaction;

  /** @throws the file system's error */
  constructor(runDir: string, { from, kind, name, url, agent, clock, redaction, began }: WrittenThread) {
    this.#redaction = redaction;
    const { pid, folder } = claimed(join(runDir, 'threads'), from);
    this.pid = pid;
    const fd = (this.#fd = openSync(join(folder, '000001.seg'), 'ax'));
    this.#writer = new SegmentWriter((bytes) => writeWhole(fd, bytes));
    const browser = { kind, url, agent };
    const header = {
      version: VERSION,
      pid,
      ppid: 0,
      tid: 0,
      name,
      argv: url === '' ? [] : [url],
      execPath: agent,
      node: '',
      tier: 'performance',
      startMicros: began,
      startEpochMs: Date.now() - (Number(process.hrtime.bigint() / 1000n) - began) / 1000,
      ...(clock && { clock }),
      segment: 1,
    };
    // A field that older readers pass over.
    this.#writer.begin({ ...header, ...(url !== '' && { browser }) });
  }

  /** As it may be written down. */
  note(note: Note): void {
    this.#writer.note(redactNote(note, this.#redaction));
  }

  /** TASK words of one moment: what, and of which task. */
  tasks(at: Micros, ...words: [what: number, task: TaskNumber][]): void {
    const all = Int32Array.from(words.flatMap(([what, task]) => [wordOf(Kind.TASK, what), task, at | 0]));
    const { wordCount } = this.#writer.stack;
    const samples = {
      count: 2,
      at: Float64Array.of(wordCount, wordCount + all.length),
      micros: Float64Array.of(at, at),
    };
    this.#writer.events(all, 0, all.length, samples);
  }

  end(at: Micros): void {
    this.#writer.end(at);
    closeSync(this.#fd);
  }
}

/** Words of `Kind.TASK`. */
const [BEGINS, TURN_ENDS, IS_DONE] = [0, 1, 2];

export class Marks {
  readonly thread: ToldThread;
  readonly #told = new Map<TaskNumber, { kind: string; name: string }>();
  #tasks = 0;
  #errors = 0;

  constructor(thread: ToldThread) {
    this.thread = thread;
  }

  /** A scenario, or a step of one, begins: its number. */
  begin(kind: 'scenario' | 'step', name: string, at: Micros): TaskNumber {
    const task = ++this.#tasks;
    this.#told.set(task, { kind, name });
    this.thread.note({ t: 'task', id: task, kind, name });
    this.thread.tasks(at, [BEGINS, task], [TURN_ENDS, task]);
    return task;
  }

  end(task: TaskNumber, result: StepResult, at: Micros): void {
    const told = this.#told.get(task);
    if (told === undefined) return;
    this.#told.delete(task);
    this.thread.note({ t: 'task', id: task, ...told, result });
    this.thread.tasks(at, [IS_DONE, task]);
  }

  /** Why a step failed. */
  failed(error: unknown, at: Micros): void {
    const { name, message, stack } = toldError(error);
    const number = ++this.#errors;
    this.thread.note({
      t: 'uncaught',
      name,
      message,
      stack,
      origin: 'scenario',
      micros: at,
      error: (number << 1) | 1,
    });
  }

  note(note: Note): void {
    this.thread.note(note);
  }

  /** All that is open ends with the thread. */
  close(at: Micros): void {
    this.thread.end(at);
  }
}

/** Whatever was thrown. */
export function toldError(error: unknown): { name: string; message: string; stack: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: short(String(error)), stack: '' };
  return {
    name: error.name,
    message: short(plain(error.message)),
    stack: plain(error.stack ?? '').slice(0, MAX_STACK),
  };
}

const MAX_MESSAGE = 2000;
const MAX_STACK = 8000;
const short = (text: string): string => (text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text);
/** Playwright paints what it says. */
// oxlint-disable-next-line no-control-regex
const plain = (text: string): string => text.replaceAll(/\u001B\[[\d;]*m/g, '');

/** The first free number, and its folder: several may write to a run at a time. */
function claimed(threads: string, from: number): { pid: number; folder: string } {
  mkdirSync(threads, { recursive: true });
  for (let pid = from + 1; ; pid++) {
    const folder = join(threads, `${pid}-0`);
    try {
      mkdirSync(folder);
      return { pid, folder };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}
