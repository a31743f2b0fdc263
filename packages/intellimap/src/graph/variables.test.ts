import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { variablesNamed } from './variables.ts';

const root = mkdtempSync(join(tmpdir(), 'intellimap-variables-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('variables that texts name, and those whose value a text that names them has in quotes', () => {
  mkdirSync(join(root, 'node_modules'));
  const files = {
    'a.ts': "if (process.env.A === 'new' || process.env?.['B'] || import.meta.env.C) f(process.env[`D`]);",
    'b.mjs': 'const { E, F: f = "x", \'G\': g } = process.env; env.H; env!.I; process.env[name]; process.env["J" + k];',
    'c.cjs': "environment.X; const env = process.env; const quoted = 'secret';",
    'node_modules/p.js': 'process.env.Y;',
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const { named, written } = variablesNamed(root, { A: 'new', B: 'new', E: 'secret', F: 'y' });
  expect([...named].toSorted()).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']);
  expect([...written]).toEqual(['A', 'B']);
}); // prettier-ignore
