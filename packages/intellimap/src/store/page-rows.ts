/** What pages told beside their calls → rows. Pure. */
import type { RowOf } from '../schema/index.ts';
import { orNull } from './or-null.ts';
import type { LongNote, VitalNote } from './page-notes.ts';
import { isFunction, type Program } from './program-sites.ts';
import type { ReplayedRun } from './replay-run.ts';
import type { ResourceRow } from './replay/resources.ts';
import { fileNamed } from './v8-stack.ts';

type Vital = RowOf<'vitals'>;

/** [name] unit, the greatest value that is good, and the greatest that is not poor: web.dev/articles/vitals and those it links to. */
const LIMITS: Record<Vital['name'], readonly [Vital['unit'], number, number]> = {
  TTFB: ['ms', 800, 1800],
  FCP: ['ms', 1800, 3000],
  LCP: ['ms', 2500, 4000],
  CLS: ['score', 0.1, 0.25],
  INP: ['ms', 200, 500],
};

export function vitalRows({ folder, threads, sinks }: ReplayedRun): Vital[] {
  const { id, startedMicros } = folder.run;
  const loads = sinks.resources.rows();
  return threads.flatMap(({ result: { number, page } }) => {
    const vitals = page.vitals();
    const first = vitals.find((each) => each.visit === 1 && each.name === 'TTFB');
    return vitals.map((vital) => {
      const { visit, name, value, at, element = null, url = null } = vital;
      const [unit, good, fair] = LIMITS[name];
      return {
        run_id: id,
        thread_id: number,
        visit,
        name,
        value,
        unit,
        rating: value <= good ? 'good' : value <= fair ? 'needs improvement' : 'poor',
        at_us: orNull(at - startedMicros),
        element,
        url,
        detail: detailOf(vital, first, pictureOf(vital, number, loads)),
      } satisfies Vital;
    });
  });
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;

/** As JSON; null: too little is known. */
function detailOf(vital: VitalNote, first?: VitalNote, picture?: ResourceRow): string | null {
  const made = madeOf(vital, first, picture);
  if (made === null) return null;
  const figures = Object.entries(made).map(([name, value]) => [
    name,
    typeof value === 'number' ? round(Math.max(0, value)) : value,
  ]);
  return JSON.stringify(Object.fromEntries(figures));
}

function madeOf(
  { name, parts = [], value, event, url, visit, at }: VitalNote,
  first: VitalNote | undefined,
  picture: ResourceRow | undefined,
): Record<string, string | number | undefined> | null {
  const [a, b, c] = parts;
  if (name === 'INP' && parts.length === 3)
    return { event, delay: a, processing: b - a, presentation: c - b };
  if (name === 'CLS' && parts.length === 1) return { moved: a };
  if (name !== 'LCP' || visit > 1 || first === undefined) return null;
  const ttfb = first.value;
  if (url === undefined) return { ttfb, delay: 0, load: 0, render: value - ttfb };
  if (picture === undefined) return null;
  // What came before the answer was asked for before it, by hints.
  const asked = Math.max(ttfb, value - (at - picture.start) / 1000);
  const there = Math.min(value, Math.max(asked, asked + picture.took / 1000));
  return { ttfb, delay: asked - ttfb, load: there - asked, render: value - there };
}

/** The load of a picture that LCP names. */
const pictureOf = (
  { name, url, at }: VitalNote,
  thread: number,
  loads: ResourceRow[],
): ResourceRow | undefined =>
  name === 'LCP' && url !== undefined
    ? loads.find((load) => load.thread === thread && load.url === url && load.start <= at && load.ended)
    : undefined;

export function longTaskRows({ folder, threads, program }: ReplayedRun): RowOf<'long_tasks'>[] {
  const { id, startedMicros } = folder.run;
  return threads.flatMap(({ result: { number, page } }) =>
    page.long().map((each) => ({
      run_id: id,
      thread_id: number,
      kind: Number.isNaN(each.blocking) ? 'task' : 'frame',
      start_us: each.at - startedMicros,
      duration_us: each.took,
      blocking_us: orNull(each.blocking),
      render_us: orNull(each.render),
      ...scriptOf(each, program),
      invoker: each.invoker || null,
    })),
  );
}

/** The browser counts characters of what it was sent: of a file that is known, the function says more. */
function scriptOf(
  { url, function: name }: LongNote,
  program: Program,
): Pick<RowOf<'long_tasks'>, 'script' | 'line' | 'function'> {
  const table = fileNamed(url.split('?', 1)[0], program);
  if (table === undefined) return { script: url || null, line: null, function: null };
  const named = table.sites.filter((site) => isFunction(site) && site.name === name);
  const known = named.length === 1 ? named[0] : undefined;
  return { script: table.path, line: known?.line ?? null, function: known?.id ?? null };
}

export function consoleRows({ folder, threads, program, sinks }: ReplayedRun): RowOf<'console_messages'>[] {
  const { id, startedMicros } = folder.run;
  return threads.flatMap(({ result: { number, page, replay } }) =>
    [...page.messages.values()].map((message) => {
      const { call, fn, task } = replay.askerOf(message.id) ?? { call: NaN, fn: 0, task: 0 };
      return {
        run_id: id,
        thread_id: number,
        at_us: message.at - startedMicros,
        source: message.isLoad ? 'load' : 'console',
        message: message.message,
        count: message.count,
        function: program.functions[fn - 1]?.site.id ?? null,
        call_id: orNull(call),
        task_id: task === 0 ? null : sinks.tasks.idOf(number, task),
      };
    }),
  );
}
