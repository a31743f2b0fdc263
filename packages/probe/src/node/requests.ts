/**
 * Requests that this process serves become tasks: what the handler calls, and what it goes on with after its awaits, belongs to
 * `GET /cart`. Node announces them itself (`node:diagnostics_channel`), to whoever listens, and nothing of it shows in the program.
 */
import diagnostics from 'node:diagnostics_channel';
import { quoted, uncurried, weakMapGet, weakMapSet } from '../core/intrinsics.ts';
import { millis } from './clock.ts';
import { isDestroyed, type TraceParent, own, traceParentOf } from './request-facts.ts';
import { Kind, wordOf } from '../wire/words.ts';

/** What a TASK word says about its task: payload of the word. */
const BEGINS = wordOf(Kind.TASK, 0);
const TURN_ENDS = wordOf(Kind.TASK, 1);
const DONE = wordOf(Kind.TASK, 2);

/** Longer names are cut: a path may carry anything. */
const MAX_NAME = 200;
/** So many requests that are under way are looked at when another one comes: more than one, or they became more and more. */
const LOOKS = 2;

// Taken now: programs may replace them later.
const Ref = WeakRef;
// oxlint-disable-next-line typescript/unbound-method -- bound to `call`
const deref = uncurried<(ref: WeakRef<object>) => object | undefined>(WeakRef.prototype.deref);

/** A request that is being served. */
interface Served {
  task: number;
  name: string;
  since: number;
  /** Not kept alive: it is the program's. */
  response: WeakRef<object>;
  isOver: boolean;
}

interface Exchange {
  request?: object & { method?: unknown; url?: unknown };
  response?: object & { statusCode?: unknown };
}

export interface TaskRecorder {
  /** TASK: word, task, time. */
  mark: (word: number, task: number) => void;
  /** A note, as JSON. */
  tell: (json: string) => void;
  /** The turn that goes on is the request's first. */
  claim: () => void;
  /** A URL as it may be written down. */
  shown: (url: string) => string;
  /** It ended, after so many ms; the status is NaN where there is none. */
  ended: (name: string, took: number, status: number) => void;
}

/** @returns to be called at the end: tells what is over of all that is under way */
export function followRequests({ mark, tell, claim, shown, ended }: TaskRecorder): () => void {
  const tasks = new WeakMap<object, Served>();
  const open: Served[] = [];
  let at = 0;
  // Node does not announce that a connection was closed before the answer was whole, and a listener could be seen.
  const look = (most: number): void => {
    for (let looked = 0; looked < most && open.length > 0; looked++) {
      if (at >= open.length) at = 0;
      const served = open[at];
      const isGone = !served.isOver && isLeft(served);
      if (isGone) tell(`{"t":"gone","id":${served.task}}`);
      if (isGone || served.isOver) {
        open[at] = open[open.length - 1];
        open.length -= 1;
      } else at += 1;
    }
  };
  // Taken now: programs may fake them later. A tick of ours comes before any that the handler asks for.
  const nextTick = process.nextTick.bind(process);
  let count = 0;

  diagnostics.subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Exchange;
    if (response === undefined) return;
    const task = ++count;
    const name = nameOf(request, shown);
    look(LOOKS);
    const served = { task, name, since: millis(), response: new Ref(response), isOver: false };
    open[open.length] = served;
    weakMapSet(tasks, response, served);
    tell(noteOf(task, name, request && traceParentOf(own(request, 'rawHeaders'))));
    mark(BEGINS, task);
    claim();
    nextTick(mark, TURN_ENDS, task);
  });
  diagnostics.subscribe('http.server.response.finish', (message) => {
    const { response } = message as Exchange;
    const known = response && weakMapGet(tasks, response);
    if (response === undefined || known === undefined) return;
    known.isOver = true;
    mark(DONE, known.task);
    ended(known.name, millis() - known.since, Number(response.statusCode));
  });
  return () => look(open.length);
}

function isLeft({ response }: Served): boolean {
  const there = deref(response);
  return there === undefined || isDestroyed(there);
}

/** @param part what the request says that it is part of */
const noteOf = (task: number, name: string, part: TraceParent | undefined): string =>
  `{"t":"task","id":${task},"kind":"request","name":${quoted(name)}` +
  (part === undefined ? '}' : `,"trace":${quoted(part.trace)},"parent":${quoted(part.parent)}}`);

/** Method and path; the query is left out, as it is where secrets travel. */
function nameOf(request: Exchange['request'], shown: TaskRecorder['shown']): string {
  const { method, url } = request ?? {};
  const path = typeof url === 'string' ? shown(url.split('?', 1)[0]) : '';
  return `${typeof method === 'string' ? method : ''} ${path}`.trim().slice(0, MAX_NAME);
}
