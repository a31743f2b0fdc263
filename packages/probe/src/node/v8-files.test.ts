import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { jsonOf, V8Files } from './v8-files.ts';
import { Parts, partName } from './v8-parts.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-v8-'));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('files are written whole, and a number that was given before gets a folder of its own', () => {
  const first = new V8Files(path.join(folder, 'v8', '7-0'));
  first.write('a.json', { of: 'first' });
  const second = new V8Files(path.join(folder, 'v8', '7-0'));
  second.write('a.json', { of: 'second' });
  first.write('b.json', 1);
  expect(fs.readdirSync(path.join(folder, 'v8'), { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(
    ['7-0', '7-0.2', '7-0.2/a.json', '7-0/a.json', '7-0/b.json'].map((name) => path.normalize(name)),
  );
  expect(first.bytes).toBe('{"of":"first"}1'.length);
});

test('nothing is left of a file that could not be written', () => {
  const files = new V8Files(path.join(folder, 'v8', '7-0'));
  expect(() =>
    files.make('heap', (draft) => {
      fs.writeFileSync(draft, 'half');
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  expect(fs.readdirSync(path.join(folder, 'v8', '7-0'))).toEqual([]);
});

test('a program that defines toJSON for all objects does not change what is written', () => {
  const value = { a: [1, 'two', null, { b: true }], c: undefined };
  const prototype = Object.prototype as { toJSON?: () => string };
  prototype.toJSON = () => 'mine';
  try {
    expect(jsonOf(value)).toBe('{"a":[1,"two",null,{"b":true}]}');
  } finally {
    delete prototype.toJSON;
  }
});

test('parts come after 1, 2, 4, 8, 10, 10 … s, and later where writing takes long', () => {
  const parts = new Parts(0);
  const dues: number[] = [];
  for (let now = 0; now <= 40; now += 1) {
    if (!parts.isDue(now * 1e6)) continue;
    dues.push(now);
    parts.written(now * 1e6, 10_000);
  }
  expect(dues).toEqual([1, 3, 7, 15, 25, 35]);
  parts.written(40e6, 500_000);
  expect([89e6, 90e6].map((now) => parts.isDue(now))).toEqual([false, true]);
  expect(partName('profile', 12, 'cpuprofile')).toBe('profile-000012.cpuprofile');
});
