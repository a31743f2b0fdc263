/** Commands that read the whole text say which files they did not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { patterns } from './commands/patterns.ts';
import { topology } from './commands/topology.ts';
import { runCommand } from './fixtures/terminal.ts';
import { SCHEMAS } from './shapes/index.ts';

const SERVER = "import { createServer } from 'node:http';\ncreateServer(() => {}).listen(80);\n";
const workspace = new Workspace();

beforeAll(() => {
  mkdirSync(join(workspace.root, 'src'));
  mkdirSync(join(workspace.root, 'dist'));
  writeFileSync(join(workspace.root, 'src/large.js'), SERVER.padEnd(2 ** 20 + 1));
  writeFileSync(join(workspace.root, 'src/small.js'), SERVER.padEnd(2 ** 20));
  // Nobody expects to be told of what was made of the text.
  writeFileSync(join(workspace.root, 'dist/large.js'), SERVER.padEnd(2 ** 20 + 1));
});
afterAll(() => workspace.remove());

const WORD = 'intellimap: src/large.js is left out: 1,048,577 bytes, more than 1 MiB';

test.each([
  ['topology', topology, SCHEMAS.topology],
  ['patterns', patterns, SCHEMAS.patterns],
])('%s: files of more than 1 MiB, in words and as JSON', async (_, command, schema) => {
  expect((await runCommand(command, workspace.root, [])).stderr).toBe(WORD);
  const { stdout, stderr } = await runCommand(command, workspace.root, [], { json: true });
  const answer: unknown = JSON.parse(stdout);
  expect(stderr).toBe(WORD);
  expect(answer).toMatchObject({ files: 1, leftOut: [{ path: 'src/large.js', bytes: 2 ** 20 + 1 }] });
  expect(new Ajv2020({ strict: false }).compile(schema)(answer)).toBe(true);
});

test('patterns of a folder or file: of these', async () => {
  expect((await runCommand(patterns, workspace.root, ['src/large.js'])).stderr).toBe(WORD);
  const { stdout, stderr } = await runCommand(patterns, workspace.root, ['src/small.js'], { json: true });
  expect([stderr, JSON.parse(stdout)]).toEqual(['', { files: 1, leftOut: [], counts: {}, findings: [] }]);
});
