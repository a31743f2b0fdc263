/** What SSA says of programs that run: the write whose value a read got is among those that SSA has reach it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomOf } from '../../transform/fixtures/programs.ts';
import { program } from '../flow/fixtures/programs.ts';
import { programs, straightPrograms } from './fixtures/programs.ts';
import { Witness } from './fixtures/witness.ts';

const RUNS = Number(process.env['INTELLIMAP_RUNS'] ?? 150);
const PROGRAMS = Number(process.env['INTELLIMAP_SEEDS'] ?? 60);

test(`what a read got is among what reaches it, in ${RUNS} programs`, { timeout: 600_000 }, () => {
  let all = 0;
  let certain = 0;
  let single = 0;
  fc.assert(
    fc.property(programs, (text) => {
      const witness = new Witness(text);
      for (const read of witness.reads()) {
        const { writers, isAny } = witness.reaching(read.node);
        all++;
        certain += Number(!isAny);
        single += Number(!isAny && writers.size === 1);
        if (isAny || writers.has(read.writer)) continue;
        expect.fail(witness.told(read));
      }
    }),
    { numRuns: RUNS },
  );
  // What may be anything is no claim: most has to be known.
  expect(certain / all).toBeGreaterThan(0.6);
  expect(single / certain).toBeGreaterThan(0.3);
});

test('where nothing branches it is exactly the one', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(straightPrograms, (text) => {
      const witness = new Witness(text);
      for (const read of witness.reads())
        expect([...witness.reaching(read.node).writers], witness.told(read)).toEqual([read.writer]);
    }),
    { numRuns: RUNS },
  );
});

test.each([
  ['that share variables', false, 0.15],
  ['that do not', true, 0.5],
])(`the same in ${PROGRAMS} programs of all the language %s, as the engine runs them`, { timeout: 600_000 }, async (_, isOwn, least) => {
  const first = Number(process.env['INTELLIMAP_SEED'] ?? 0);
  let all = 0;
  let certain = 0;
  for (let seed = first; seed < first + PROGRAMS; seed++) {
    const text = program(seed, { isOwn });
    const witness = new Witness(text);
    for (let run = 0; run < 4; run++)
      for (const read of await witness.readsInEngine(randomOf(seed * 4 + run))) {
        const { writers, isAny } = witness.reaching(read.node);
        all++;
        certain += Number(!isAny);
        if (!isAny && !writers.has(read.writer)) expect.fail(`seed ${seed}, ${witness.told(read)}\n${text}`);
      }
  }
  expect(all / PROGRAMS).toBeGreaterThan(20);
  expect(certain / all).toBeGreaterThan(least);
}); // prettier-ignore
