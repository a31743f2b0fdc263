/** The graph of a workspace, kept right while files are written: what `intellimap graph --watch` does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type GraphSize, graphSize } from '../query/index.ts';
import { SourceSession, type SourceUpdate } from '../store/index.ts';
import { grapher } from './grapher.ts';
import { Heard, type HeardChange } from './heard.ts';
import { HeldStore } from './held-store.ts';
import { looksAt } from './sources.ts';
import type { Terminal } from './terminal.ts';

/** One update; a line each with `--json`. */
export interface WatchAnswer extends SourceUpdate {
  /** From the first that was heard of it until all tables were right. */
  ms: number;
}

export interface WatchOptions {
  out: Pick<Terminal, 'progress' | 'say'>;
  /** The tables are right for the first time. */
  onReady: (answer: WatchAnswer, size: GraphSize) => void;
  /** They are again. Not told where no text changed, and nothing that says how texts are read. */
  onUpdate: (answer: WatchAnswer) => void;
  /** Ends it, once the first look is done. */
  signal: AbortSignal;
}

/** How often it is looked whether somebody waits for the database. */
const LOOK_MS = 50;
/** After so long without a change there is time for what need not be done at once. */
const REST_MS = 1000;
/** Until it is tried again after a failure. */
const AGAIN_MS = 2000;

/** Until the signal aborts. @throws Fault when the first look fails; later ones are told, and tried again */
export async function watchGraph(root: string, options: WatchOptions): Promise<void> {
  const { out } = options;
  const { FolderWatch } = await import('../graph/index.ts');
  const looks = await looksAt(root, out);
  const session = new SourceSession(looks, await grapher(root), (share) =>
    out.progress(`making the graph … ${Math.round(share * 100)} %`),
  );
  const held = new HeldStore(
    root,
    (message) => out.say(`intellimap: ${message}`),
    () => session.forget(),
  );
  const heard = new Heard();
  const folders = new FolderWatch(root, {
    isIgnored: looks.isIgnored,
    onChange: (path) => heard.add(path),
    onFault: ({ message, advice }) => out.say(`intellimap: ${message}\n${advice}`),
  });
  const update = async ({ paths, since }: HeardChange): Promise<WatchAnswer> => {
    const answer = await session.update(async () => await held.open(), paths);
    // What is ignored may be others now; what is watched only from here on may have changed before.
    if (answer.whole && folders.renew()) heard.add('');
    return { ...answer, ms: Math.round((performance.now() - since) * 10) / 10 };
  };
  try {
    folders.renew();
    const first = await update({ paths: undefined, since: performance.now() });
    options.onReady(first, await graphSize(await held.open()));
    await keepRight({ heard, held, session, update, options });
  } finally {
    folders.close();
    held.letGo();
  }
}

interface Keeping {
  heard: Heard;
  held: HeldStore;
  session: SourceSession;
  update: (change: HeardChange) => Promise<WatchAnswer>;
  options: WatchOptions;
}

async function keepRight({ heard, held, session, update, options }: Keeping): Promise<void> {
  const { signal, out, onUpdate } = options;
  let changedAt = performance.now();
  let isRested = false;
  let problem = '';
  while (!signal.aborted) {
    await heard.any(LOOK_MS, signal);
    const change = await heard.take();
    if (change === null) {
      const { current } = held;
      if (held.yield()) isRested = true;
      else if (!isRested && current !== null && performance.now() - changedAt > REST_MS) {
        isRested = true;
        await session.rest(current);
      }
      continue;
    }
    try {
      const answer = await update(change);
      if (answer.whole || answer.made.length > 0) onUpdate(answer);
      problem = '';
      isRested = false;
      changedAt = performance.now();
    } catch (error) {
      const { message } = error as Error;
      if (message !== problem) out.say(`intellimap: the graph cannot be brought up to date: ${message}`);
      problem = message;
      session.forget();
      held.letGo();
      heard.add('');
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  }
}
