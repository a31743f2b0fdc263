import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asRecorded } from './inside.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-inside-')));
const cwd = join(root, 'packages/core');
mkdirSync(cwd, { recursive: true });
mkdirSync(join(root, '.intellimap'));
writeFileSync(join(root, 'package.json'), '{}');
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  ['./src/cart.ts', 'packages/core/src/cart.ts'],
  ['../shop/src/cart.ts:12', 'packages/shop/src/cart.ts:12'],
  [join(root, 'src/cart.ts:12:total'), 'src/cart.ts:12:total'],
  // As recordings have them, or somewhere else.
  ['src/cart.ts', 'src/cart.ts'],
  ['ts:src/cart.ts#class Cart/total', 'ts:src/cart.ts#class Cart/total'],
  ['Cart.total', 'Cart.total'],
  ['/elsewhere/cart.ts', '/elsewhere/cart.ts'],
])('%s → %s', (text, expected) => expect(asRecorded(cwd, text)).toBe(expected));
