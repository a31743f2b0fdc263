/** Production and tests, from pictures: which letters ran on which side. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunFile } from '../base/recording.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { coverageGap, type CoverageSides, openSession } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const run = (id: string, picture: string, facts: Partial<RunFile>, end = true): string =>
  workspace.run(id, { '7-0': [{ picture, end }] }, facts);

async function ask(): Promise<CoverageSides> {
  const session = await openSession(workspace.root);
  try {
    return await coverageGap(session, { production: ['prod'], test: ['ci'] });
  } finally {
    session.close();
  }
}
const told = ({ gaps }: CoverageSides): string[] =>
  gaps.map(({ side, name, calls, runs, share, loadedIn }) =>
    [side, name, calls, runs, `${Math.round(share * 100)} %`, loadedIn].join(' '),
  );

test('labels say which side a run is on; what both run is no gap', async () => {
  run('r1', 'a{ b{ }b c{ }c c{ }c c{ }c }a', { labels: ['prod'] });
  run('r2', 'a{ c{ }c e{ }e }a', { labels: ['eu', 'prod'] });
  run('r3', 'a{ b{ }b d{ }d }a', { labels: ['ci'] });
  run('r4', 'a{ f{ }f }a', {});
  const sides = await ask();
  expect(told(sides)).toEqual(['production c 4 2 80 % 1', 'production e 1 1 20 % 1', 'test d 1 1 100 % 2']);
  expect(sides).toMatchObject({
    both: 2,
    production: { runs: 2, functions: 4, partial: 0 },
    test: { runs: 1, functions: 3, partial: 0 },
  });
});

test('without labels, the command tells: a test runner, or not', async () => {
  run('r1', 'a{ b{ }b }a', { command: ['npm', 'run', 'start'] });
  run('r2', 'a{ c{ }c }a', { command: ['npx', 'vitest', 'run'] });
  run('r3', 'a{ c{ }c d{ }d }a', { command: ['node', '--test'] }, false);
  run('r4', 'a{ e{ }e }a', { command: ['node', 'latest.js'] });
  const sides = await ask();
  expect(told(sides)).toEqual([
    'production b 1 1 50 % 2', 'production e 1 1 50 % 2', 'test c 2 2 67 % 2', 'test d 1 1 33 % 2',
  ]); // prettier-ignore
  expect(sides.test).toMatchObject({ runs: 2, partial: 1 });
});

test('one side only', async () => {
  run('r1', 'a{ }a', { labels: ['prod'] });
  expect(await ask()).toMatchObject({ test: { runs: 0 }, production: { runs: 1 } });
});

test('imports that know no calls are on neither side', async () => {
  run('r1', 'a{ }a', {});
  workspace.run('r2', {}, { imported: { format: 'lcov', from: 'lcov.info', name: null } });
  expect(await ask()).toMatchObject({ test: { runs: 0 }, production: { runs: 1 } });
});
