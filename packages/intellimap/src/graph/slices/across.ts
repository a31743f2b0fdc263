/** A slice over all files that it leads to, along the call graph. */
import { FileOfSlice, type Leads } from './file.ts';
import { linesFound } from './lines.ts';
import type { Slice, SliceCall, SlicePlace, SliceSource, SliceStop } from './slice.ts';
import type { WalkOptions } from './walk.ts';

export interface SliceOptions {
  isForward?: boolean;
  /**
   * Also on from what may be found in a property, or what a call may change: by names alone, so that nothing is left out, and much is in it that has nothing to do with it.
   * By default such lines are told, and not followed.
   */
  isFull?: boolean;
  /** Files that it goes into, that of the start included (default 20; 1: it stays in its file). */
  files?: number;
}

/** @returns undefined: nothing of the place is a value, or something that happens. @throws SyntaxError of the start's file; Error when it cannot be read */
export async function sliceFrom(
  source: SliceSource,
  start: SlicePlace,
  options: SliceOptions = {},
): Promise<Slice | undefined> {
  const slicing = new Slicing(source, options);
  const file = await slicing.file(start.path);
  if (file === undefined) throw new Error(`${start.path} cannot be read`);
  const nodes = file.nodesAt(start);
  if (nodes.length === 0 || !file.begin(nodes)) return undefined;
  await slicing.run(file);
  const started = new Set(nodes.map((node) => file.lineOf(node)));
  const files = [...slicing.files.values()]
    .flatMap((each) => each ?? [])
    .map((each) => ({
      path: each.path,
      lines: linesFound(each, slicing.texts.get(each.path)!, each === file ? started : new Set()),
    }))
    .filter(({ lines }) => lines.length > 0);
  const isIn = new Set(files.flatMap(({ path, lines }) => lines.map(({ line }) => `${path}:${line}`)));
  return {
    start: { path: start.path, line: start.line, column: start.column ?? null, name: start.name ?? null },
    direction: options.isForward ? 'forward' : 'backward',
    isFull: options.isFull ?? false,
    files,
    stops: slicing.stops().filter(({ path, line }) => !isIn.has(`${path}:${line}`)),
  };
}

class Slicing {
  readonly files = new Map<string, FileOfSlice | undefined>();
  readonly texts = new Map<string, string>();
  readonly #source: SliceSource;
  readonly #isForward: boolean;
  readonly #walk: WalkOptions;
  readonly #most: number;
  readonly #stops = new Map<string, SliceStop>();
  readonly #open = new Set<FileOfSlice>();

  constructor(source: SliceSource, { isForward = false, isFull = false, files = 20 }: SliceOptions) {
    this.#walk = { isForward, isFull };
    this.#source = source;
    this.#isForward = isForward;
    this.#most = files;
  }

  stops(): SliceStop[] {
    return [...this.#stops.values()].toSorted((a, b) =>
      a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1,
    );
  }

  /** undefined: it cannot be read, or there are too many. */
  async file(path: string): Promise<FileOfSlice | undefined> {
    if (this.files.has(path) || this.files.size >= this.#most) return this.files.get(path);
    const text = this.#source.text(path);
    const isFirst = this.files.size === 0;
    let file: FileOfSlice | undefined;
    try {
      if (text !== undefined)
        file = new FileOfSlice(path, text, this.#source.isModule(path, text), await this.#source.callsIn(path), this.#walk);
    } catch (error) {
      if (isFirst) throw error;
    }
    this.files.set(path, file);
    if (text !== undefined) this.texts.set(path, text);
    return file;
  } // prettier-ignore

  async run(first: FileOfSlice): Promise<void> {
    this.#open.add(first);
    for (const file of this.#open) {
      this.#open.delete(file);
      const leads = file.run();
      for (const { call, at } of leads.calls) await this.#intoCall(file, call, at);
      await this.#toCallers(file, leads);
    }
  }

  /** Into the function that is called: backward to what it gives back, forward with what it is handed. */
  async #intoCall(from: FileOfSlice, call: SliceCall, at: number[] | null): Promise<void> {
    // Within a file, what is called directly is known already.
    if (call.dstPath === from.path && call.isDirect) return;
    const file = await this.file(call.dstPath);
    const origin = { path: call.path, line: call.line };
    if (file === undefined) return this.#stop(origin, `goes on in ${call.dst}`);
    const isNew = this.#isForward ? file.beginParameters(call.dst, at, origin) : file.beginResult(call.dst, origin);
    if (isNew) this.#open.add(file);
  } // prettier-ignore

  /** To the calls of functions: backward for their parameters, forward with what they give back. */
  async #toCallers(file: FileOfSlice, { parameters, results, entered }: Leads): Promise<void> {
    const ids = [...new Set([...parameters.map(({ id }) => id), ...results])];
    for (const call of ids.length === 0 ? [] : await this.#source.callsOf(ids)) {
      if (call.path === file.path && call.isDirect) continue;
      const caller = await this.file(call.path);
      if (caller === undefined) {
        this.#stop({ path: call.path, line: call.line }, `calls ${call.dst}`);
        continue;
      }
      const origin = { path: file.path, line: 0 };
      let isNew = false;
      if (this.#isForward) isNew = caller.beginCalls(call, { ...origin, line: this.#lineOfFunction(file, call.dst) });
      else for (const each of parameters) if (each.id === call.dst) isNew = caller.beginArguments(call, each, { ...origin, line: each.line }) || isNew;
      if (isNew) this.#open.add(caller);
    }
    for (const call of entered.length === 0 ? [] : await this.#source.callsOf(entered))
      if (call.path !== file.path) this.#stop({ path: call.path, line: call.line }, `whether ${call.dst} is called is decided here`);
  } // prettier-ignore

  #lineOfFunction(file: FileOfSlice, id: string): number {
    const flow = file.ids.indexOf(id);
    return flow < 0 ? 1 : file.lineOf(file.dependence.flows[flow].owner);
  }

  #stop({ path, line }: { path: string; line: number }, why: string): void {
    this.#stops.set(`${path}:${line}:${why}`, { path, line, why });
  }
}
