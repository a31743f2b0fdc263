/**
 * Every pattern on `samples/patterns`: what it has to find, and what only looks like it. A case is a file, or a folder of files that belong together;
 * `positive-*` shows the pattern of its folder, `near-miss-*` does not. The figures are those of texts that were written for this purpose: what patterns are
 * worth on others is in docs/patterns.md.
 */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSourceFile } from '../file/on-disk.ts';
import { findPatterns } from './find.ts';
import { PATTERNS } from './list/index.ts';
import type { Pattern } from './pattern.ts';
import { Project } from './project.ts';
import { sourceOf } from './source.ts';

const CORPUS = fileURLToPath(new URL('../../../../../samples/patterns', import.meta.url));

/** Patterns that a case of another one shows as well. */
const ALSO = new Set(['middleware: shared-module-state/positive-current-user.ts']);

interface Case {
  pattern: string;
  name: string;
  isPositive: boolean;
  files: string[];
}

function cases(): Case[] {
  return readdirSync(CORPUS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: pattern }) =>
      readdirSync(join(CORPUS, pattern)).map((name) => {
        const at = join(CORPUS, pattern, name);
        const files = statSync(at).isDirectory() ? readdirSync(at).map((file) => join(at, file)) : [at];
        return { pattern, name, isPositive: name.startsWith('positive-'), files };
      }),
    );
}

/** Specifiers of cases are relative. */
function projectOf(files: string[]): Project {
  const sources = files.map((file) => sourceOf(readSourceFile(file, file), false));
  return new Project(sources, (from, specifier) => {
    if (!specifier.startsWith('.')) return null;
    const path = posix.join(dirname(from), specifier);
    return files.find((file) => file === path || file === `${path}.js`) ?? null;
  });
}

const all = cases();
const projects = new Map(all.map((each) => [each, projectOf(each.files)]));
const found = new Map(
  all.map((each) => [
    each,
    new Set(findPatterns(projects.get(each)!, PATTERNS).map(({ pattern }) => pattern.name)),
  ]),
);

test('every pattern has cases, and every case a pattern', () => {
  expect(new Set(all.map(({ pattern }) => pattern))).toEqual(new Set(PATTERNS.map(({ name }) => name)));
  for (const { name } of PATTERNS)
    for (const kind of ['positive-', 'near-miss-'])
      expect(all.filter((each) => each.pattern === name && each.name.startsWith(kind)).length, `${kind} of ${name}`).toBeGreaterThan(1); // prettier-ignore
});

describe.each(PATTERNS.map(({ name }) => name))('%s', (pattern) => {
  test.each(all.filter((each) => each.pattern === pattern).map((each) => [each.name, each] as const))(
    '%s',
    (_, each) => {
      expect(found.get(each)!.has(pattern)).toBe(each.isPositive);
    },
  );
});

test('precision and recall, over all cases: cases of other patterns count, too', () => {
  const rows = PATTERNS.map(({ name }) => {
    const hits = all.filter((each) => found.get(each)!.has(name));
    // A case may show more than what it was written for: these are named, each was looked at.
    const right = hits.filter(
      (each) =>
        (each.pattern === name && each.isPositive) || ALSO.has(`${name}: ${each.pattern}/${each.name}`),
    );
    const wanted = all.filter((each) => each.pattern === name && each.isPositive);
    const recalled = wanted.filter((each) => found.get(each)!.has(name));
    const wrong = hits.filter((each) => !right.includes(each)).map((each) => `${each.pattern}/${each.name}`);
    return {
      name,
      hits: hits.length,
      right: right.length,
      wanted: wanted.length,
      recalled: recalled.length,
      wrong,
    };
  });
  const sum = (key: 'hits' | 'right' | 'wanted' | 'recalled'): number =>
    rows.reduce((all, row) => all + row[key], 0);
  const lines = rows.map(
    ({ name, hits, right, wanted, recalled }) =>
      `${name.padEnd(24)} precision ${right}/${hits}  recall ${recalled}/${wanted}`,
  );
  console.log([...lines, `${'all'.padEnd(24)} precision ${sum('right')}/${sum('hits')}  recall ${sum('recalled')}/${sum('wanted')}`].join('\n')); // prettier-ignore
  expect(rows.flatMap(({ name, wrong }) => wrong.map((each) => `${name}: ${each}`))).toEqual([]);
  expect(sum('recalled')).toBe(sum('wanted'));
});

/** The pattern without its nth condition. */
function without(pattern: Pattern, nth: number): Pattern {
  const { match } = pattern;
  if (match.over !== 'nodes') return pattern;
  const { kinds, says, rolesOf } = match;
  return {
    ...pattern,
    match: { over: 'nodes', kinds, says, rolesOf, conditions: match.conditions.toSpliced(nth, 1) },
  };
}

/** They say which node it is; what stands behind them rests on it. */
const HEADS = new Set(['catches an error', 'waits for all promises of a list']);

const findings = (patterns: readonly Pattern[], each: Case): number => {
  try {
    return findPatterns(projects.get(each)!, patterns).length;
  } catch {
    // A condition rests on one before it, which is gone.
    return Infinity;
  }
};

test.each(
  PATTERNS.flatMap((pattern) =>
    pattern.match.over === 'nodes'
      ? pattern.match.conditions
          .map(({ says }, nth) => [pattern.name, says, pattern, nth] as const)
          .filter(([, says]) => !HEADS.has(says))
      : [],
  ),
)('%s: without "%s" more is found', (_, __, pattern, nth) => {
  const isMore = all.some((each) => findings([without(pattern, nth)], each) > findings([pattern], each));
  expect(isMore).toBe(true);
});
