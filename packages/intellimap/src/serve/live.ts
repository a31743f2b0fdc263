/** What is being recorded now, told to whoever listens: server-sent events, counters only. Nobody looks while nobody listens. */
import type { FastifyInstance } from 'fastify';
import { runsState } from '../query/index.ts';
import type { LiveCounters, LiveEvent, LiveRun } from './contract.ts';
import type { Context } from './route.ts';

/** Counters of a run that is being recorded; null: its processes do not answer. */
export type AskLive = (run: string) => Promise<LiveCounters | null>;

const LOOK_MS = 1000;
/** A line that says nothing keeps what lies between from hanging up. */
const BEAT_MS = 20_000;

interface Listener {
  tell(event: LiveEvent): void;
  beat(): void;
}

export function addLive(app: FastifyInstance, { root }: Context, askLive: AskLive | undefined): void {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;
  let told = { state: '', live: '' };
  let toldAt = 0;

  function recordings() {
    const { text, live } = runsState(root);
    const ids = live.map(({ run }) => run);
    return { state: endsOf(text, ids), live };
  }

  async function look(): Promise<void> {
    const { state, live } = recordings();
    const runs = await Promise.all(
      live.map(async (run): Promise<LiveRun> => ({
        ...run,
        counters: (await askLive?.(run.run).catch(() => null)) ?? null,
      })),
    );
    const now = { state, live: JSON.stringify(runs) };
    if (now.state !== told.state) tellAll({ kind: 'runs' });
    if (now.live !== told.live) tellAll({ kind: 'live', runs });
    if (performance.now() - toldAt > BEAT_MS) for (const listener of listeners) listener.beat();
    told = now;
  }

  function tellAll(event: LiveEvent): void {
    toldAt = performance.now();
    for (const listener of listeners) listener.tell(event);
  }

  async function again(): Promise<void> {
    // A folder that cannot be read now may be readable in a second.
    await look().catch(() => undefined);
    timer = listeners.size === 0 ? undefined : setTimeout(() => void again(), LOOK_MS);
  }

  app.get('/api/live', { exposeHeadRoute: false }, (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
    });
    const listener: Listener = {
      tell: (event) => void raw.write(`data: ${JSON.stringify(event)}\n\n`),
      beat: () => void raw.write(':\n\n'),
    };
    listener.beat();
    listener.tell({ kind: 'live', runs: told.live === '' ? [] : (JSON.parse(told.live) as LiveRun[]) });
    listeners.add(listener);
    request.raw.socket.once('close', () => listeners.delete(listener));
    if (timer === undefined) {
      told = { state: recordings().state, live: '' };
      timer = setTimeout(() => void again(), 0);
    }
  });
  app.addHook('onClose', async () => clearTimeout(timer));
}

/** Without what changes all the time in runs that go on. */
const endsOf = (state: string, live: readonly string[]): string =>
  state
    .split('\n')
    .map((line) => live.find((run) => line.startsWith(`${run} `)) ?? line)
    .join('\n');
