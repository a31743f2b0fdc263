import { expect, test } from 'vitest';
import type { Findings } from '../../../../intellimap/src/serve/contract.ts';
import { treeOf } from './dead-tree.ts';

type Dead = Findings.DeadCodeFinding;

const dead = (
  path: string,
  name: string,
  lines: number,
  changed: Partial<Dead> = {},
): { finding: Dead; text: string } => ({
  text: '',
  finding: {
    id: `dead-code:${path}#${name}`,
    confidence: 'likely',
    kind: name === '' ? 'file' : 'function',
    name,
    path,
    lines,
    functions: [{ id: name, name, path, line: 1 }],
    ...changed,
  } as Dead,
});

/** The tree as lines: depth as blanks, then name, lines (of which sure). */
const picture = (all: ReturnType<typeof dead>[], closed: string[] = []): string[] =>
  treeOf(all, new Set(closed)).map(
    ({ label, depth, lines, sure }) => `${'  '.repeat(depth)}${label} ${lines} (${sure})`,
  );

const shop = [
  dead('src/a.ts', 'f', 3),
  dead('src/a.ts', 'g', 4, { confidence: 'possible' }),
  dead('src/old/soap.ts', '', 90),
  dead('lib/deep/down/x.ts', 'h', 1),
];

test('folders with the most lines first; files stand in folders, functions in files', () => {
  expect(picture(shop)).toEqual([
    'src 97 (93)',
    '  old 90 (90)',
    '    soap.ts 90 (90)',
    '  a.ts 7 (3)',
    '    f 3 (3)',
    '    g 4 (0)',
    'lib/deep/down/x.ts 1 (1)',
    '  h 1 (1)',
  ]);
});

test('what is closed says what is in it', () => {
  expect(picture(shop, ['src', 'lib/deep/down/x.ts'])).toEqual(['src 97 (93)', 'lib/deep/down/x.ts 1 (1)']);
});
