/** Random programs do the same instrumented, and their words fit together. A failing seed shows its program: keep what it found in behaviour.test.ts. */
import { expect, it } from 'vitest';
import { ALL_VALUES, compare, misfits, told } from './fixtures/recorder.ts';
import { program } from './fixtures/programs.ts';

const PROGRAMS = Number(process.env['INTELLIMAP_SEEDS'] ?? 400);

it(`${PROGRAMS} random programs`, { timeout: 600_000 }, async () => {
  const first = Number(process.env['INTELLIMAP_SEED'] ?? 0);
  for (let seed = first; seed < first + PROGRAMS; seed++) {
    const source = program(seed);
    const { plain, traced, events, table, code } = await compare(
      source,
      seed % 2 === 1 ? { values: ALL_VALUES } : {},
    );
    expect(traced, `seed ${seed}\n${source}\n${code}`).toEqual(plain);
    // Generators and promises that nobody finishes are still open when the program ends.
    const wrong = misfits(events).filter((m) => !m.startsWith('never left'));
    expect(
      wrong,
      `seed ${seed}\n${source.slice(source.indexOf('(async'))}\n${told(events, table).join('\n')}`,
    ).toEqual([]);
    const ends = events.filter(({ kind }) => kind === 2 || kind === 3 || kind === 5 || kind === 6);
    // Independently of the probes, the program says how its synchronous functions ended.
    const sync = ends.filter(({ payload }) => {
      const site = table.sites[payload - 1];
      return site?.flags === '' && /^f\d+$/.test(site.name);
    });
    const own = told(sync, table);
    const seen = traced.log.filter((l) => /^"(?:leave|throw) of" "f\d/.test(l));
    expect(own, `seed ${seed}\n${source}\n${code}`).toEqual(
      seen.map((l) => l.replace(' of', '').replaceAll('"', '')),
    );
  }
});
