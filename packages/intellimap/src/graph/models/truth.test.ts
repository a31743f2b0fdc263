/** What recordings tell is what models foresee: random programs are run with the real probes, and each of their calls is laid on its model. */
import { expect, test } from 'vitest';
import { Seen, type Trace } from '../../base/call-trace.ts';
import { compare, type Event } from '../../transform/fixtures/recorder.ts';
import { program } from '../../transform/fixtures/programs.ts';
import type { SiteTable } from '../../base/recording.ts';
import { SourceFile } from '../file/source-file.ts';
import { callPlaces } from './call-places.ts';
import { fold, MISFITS } from './fold.ts';
import { type FunctionModel, modelOf } from './model-of.ts';

const PROGRAMS = Number(process.env['INTELLIMAP_SEEDS'] ?? 60);

interface Told {
  fn: number;
  seen: number[];
  /** Sites. */
  what: number[];
  end: Trace['end'];
}

/** Plays words as a reader does. Payloads are ordinals + 1. */
function played(events: readonly Event[], table: SiteTable): Told[] {
  const all: Told[] = [];
  const stack: { told: Told; frame?: number | undefined }[] = [];
  const asleep = new Map<number, Told>();
  const onTop = (): Told | undefined => stack.at(-1)?.told;
  const add = (told: Told | undefined, seen: Seen, what: number): void => {
    told?.seen.push(seen);
    told?.what.push(what);
  };
  for (const { kind, payload, frame } of events) {
    const site = payload - 1;
    if (kind === 1 || kind === 4) {
      add(onTop(), Seen.CALL, site);
      const told: Told = { fn: site, seen: [], what: [], end: 'open' };
      all.push(told);
      stack.push({ told, frame });
    } else if (kind === 2 || kind === 3) stack.pop()!.told.end = kind === 2 ? 'returned' : 'threw';
    else if (kind === 5 || kind === 6) {
      const isAsleep = asleep.has(frame!);
      (isAsleep ? asleep.get(frame!)! : stack.pop()!.told).end = kind === 5 ? 'returned' : 'threw';
      asleep.delete(frame!);
    } else if (kind === 7) {
      const { told } = stack.pop()!;
      add(told, Seen.WAIT, site);
      asleep.set(frame!, told);
    } else if (kind === 8 && asleep.has(frame!)) {
      stack.push({ told: asleep.get(frame!)!, frame });
      asleep.delete(frame!);
    } else if (kind === 9 || kind === 10) {
      const isOwn = onTop()?.fn === table.sites[site].parent;
      if (isOwn) add(onTop(), kind === 9 ? Seen.THROW : Seen.CATCH, site);
    }
  }
  return all;
}

const NO_CALLEES = { numberOf: () => undefined, byNumber: () => undefined, byId: () => undefined };

function misfits(model: FunctionModel, { sites }: SiteTable, calls: readonly Told[]): string[] {
  const sequences = calls.map((told, call) => {
    const none = told.what.map(() => 0);
    return { told, events: told.what, end: told.end, count: 1, thread: 1, call, spentUs: none, spentCount: none };
  });
  const { unforeseen } = fold(model, callPlaces(model, [], []), NO_CALLEES, sequences, ({ told: { seen, what, end } }) => ({
    seen,
    what: what.map((site, at) => (seen[at] === Seen.CALL ? site : (model.places.get(sites[site].id) ?? -1))),
    end,
  }));
  const wrong = unforeseen.filter(({ why }) => (MISFITS as readonly string[]).includes(why));
  return wrong.map(({ why, event, call }) => `${why} ${event < 0 ? '' : sites[event].id} in ${JSON.stringify(calls[call])}`);
} // prettier-ignore

test(`${PROGRAMS} random programs, recorded`, { timeout: 300_000 }, async () => {
  const seen = { calls: 0, waits: 0, catches: 0 };
  for (let seed = 0; seed < PROGRAMS; seed++) {
    const body = program(seed);
    const { events, table } = await compare(body);
    const calls = played(events, table).filter(({ fn }) => table.sites[fn]?.hash !== undefined);
    const file = new SourceFile(body, { path: 'p.js', lang: 'js', goal: 'script' });
    for (const fn of new Set(calls.map((each) => each.fn))) {
      const model = modelOf(file, table.sites[fn].id)!;
      const own = calls.filter((each) => each.fn === fn);
      expect(misfits(model, table, own), `seed ${seed}\n${body}`).toEqual([]);
      seen.calls += own.length;
      for (const each of own) {
        seen.waits += each.seen.filter((is) => is === Seen.WAIT).length;
        seen.catches += each.seen.filter((is) => is === Seen.CATCH).length;
      }
    }
  }
  expect(seen.calls).toBeGreaterThan(PROGRAMS * 3);
  expect(seen.waits).toBeGreaterThan(PROGRAMS);
  expect(seen.catches).toBeGreaterThan(PROGRAMS / 10);
});
