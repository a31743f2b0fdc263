/** Cyclomatic complexity beside what the linter's rule `complexity`, which is ESLint's, says of the same functions: all of `graph/`. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSourceFile } from '../file/on-disk.ts';
import { isFunction } from '../tree/tree.ts';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const OXLINT = createRequire(import.meta.url).resolve('oxlint/package.json');

interface Diagnostic {
  message: string;
  filename: string;
  /** Bytes. */
  labels: [{ span: { offset: number; length: number } }];
}

function complexities(): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'intellimap-oracle-'));
  try {
    const config = join(folder, 'rules.json');
    writeFileSync(config, JSON.stringify({ plugins: ['eslint'], categories: { correctness: 'off' }, rules: { complexity: ['error', 0] } }));
    const args = [join(OXLINT, '../bin/oxlint'), '-c', config, '-f', 'json', '--disable-nested-config', '.'];
    const { diagnostics } = JSON.parse(told(args)) as { diagnostics: Diagnostic[] };
    return new Map(diagnostics.map((each) => [placeOf(each), Number(/complexity of (\d+)/.exec(each.message)![1])]));
  } finally {
    rmSync(folder, { recursive: true });
  }
} // prettier-ignore

/** It finds something, so it ends with 1. */
function told(args: string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd: FOLDER, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const texts = new Map<string, Buffer>();
function placeOf({ filename, labels: [{ span }] }: Diagnostic): string {
  const path = relative(FOLDER, resolve(FOLDER, filename));
  const bytes = texts.get(path) ?? readFileSync(join(FOLDER, path));
  texts.set(path, bytes);
  const start = bytes.subarray(0, span.offset).toString().length;
  return `${path} ${start}:${start + bytes.subarray(span.offset, span.offset + span.length).toString().length}`;
}

test('as the linter counts it', () => {
  const expected = complexities();
  let compared = 0;
  const different: string[] = [];
  for (const path of texts.keys()) {
    const { tree, metrics, lines } = readSourceFile(join(FOLDER, path), path);
    for (const [body, node] of metrics.owner.entries()) {
      const theirs = expected.get(`${path} ${tree.start[node]}:${tree.end[node]}`);
      if (!isFunction(tree, node) || theirs === undefined) continue;
      compared++;
      const ours = metrics.cyclomatic[body];
      if (ours !== theirs)
        different.push(`${path}:${lines.at(tree.start[node]).line} ${ours}, not ${theirs}`);
    }
  }
  expect(different).toEqual([]);
  expect(compared).toBeGreaterThan(1500);
}, 60_000);
