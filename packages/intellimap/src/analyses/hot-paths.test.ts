/** Hot chains of recorded calls: in pictures every event takes 10 µs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSession } from '../query/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { hottestPaths } from './hot-paths.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

/** So many events in which nothing happens. */
const time = (events: number): string => Array.from({ length: events }, () => '.9').join(' ');

async function told(picture: string): Promise<string[]> {
  workspace.run('r1', { '7-0': [{ picture, end: true }] });
  const session = await openSession(workspace.root);
  try {
    const found = await hottestPaths.check(session);
    if (found.holds !== 'yes') return [found.holds];
    return found.findings.map(
      (finding) =>
        `${finding.confidence}: ${hottestPaths.describe(finding)}; ${finding.evidence.map(({ table }) => table).join(' ')}`,
    );
  } finally {
    session.close();
  }
}

test('work, then time with waiting', async () => {
  expect(await told(`a{ b{ c{ ${time(8)} }c }b d{ }d }a`)).toEqual([
    'certain: a → b → c works 0.09 ms, 60 % of all: 100 % of its own; nodes_runtime edges_runtime edges_runtime',
    'certain: a → d works 0.01 ms, 6.7 % of all: 100 % of its own; nodes_runtime edges_runtime',
    'certain: a → b → c takes 0.09 ms, 60 % of all: 100 % of its own; nodes_runtime edges_runtime edges_runtime',
    'certain: a → d takes 0.01 ms, 6.7 % of all: 100 % of its own; nodes_runtime edges_runtime',
  ]);
});

test('what is open when the recording ends takes its time until then', async () => {
  const found = await told(`a{ b{ ${time(8)}`);
  expect(found.map((line) => line.split(':')[1])).toEqual([
    ' a → b works 0.09 ms, 90 % of all',
    ' a → b takes 0.09 ms, 90 % of all',
  ]);
});

test('a call that only waits works little', async () => {
  const found = await told(`A1{ B2{ ~2 ~1 ${time(20)} >2 }2 >1 }1`);
  expect(found.map((line) => line.split(';')[0])).toEqual([
    'certain: A works 0.05 ms, 100 % of all: 60 % of its own, 40 % in B',
    'certain: A → B works 0.02 ms, 40 % of all: 100 % of its own',
    'certain: A → B takes 0.24 ms, 89 % of all: 92 % waiting for what is not recorded',
  ]);
});

test('no calls, no chains', async () => expect(await told('[7 ]7')).toEqual(['no']));
