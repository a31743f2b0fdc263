import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkSeal, leavesOf, parseSeal, readKey, rootOf, sealWith, writeNewKey } from './seal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intellimap-seal-'));
  mkdirSync(join(folder, 'threads/7-0'), { recursive: true });
  mkdirSync(join(folder, 'processes'));
  writeFileSync(join(folder, 'run.json'), '{}');
  writeFileSync(join(folder, 'threads/7-0/000001.seg'), 'words');
  writeFileSync(join(folder, 'processes/7'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const others = { 'aggregates/errors': '' };
const sealed = () => sealWith(privateKey, 'run', 'r1', leavesOf(folder, others));

test('what is sealed: files in the order of their names, and what else there is; not what comes and goes', () => {
  expect(leavesOf(folder, others).map(({ name }) => name)).toEqual([
    'aggregates/errors',
    'run.json',
    'threads/7-0/000001.seg',
  ]);
});

test('the root is that of RFC 6962 over name and hash', () => {
  const hash = (text: string | Uint8Array) => createHash('sha256').update(text).digest();
  const leaf = (name: string) => {
    const body = hash(name);
    return {
      name,
      sha256: body.toString('hex'),
      hash: hash(Buffer.concat([Buffer.from(`\0${name}\0${body.toString('hex')}`)])),
    };
  };
  const node = (left: Uint8Array, right: Uint8Array) => hash(Buffer.concat([Buffer.from([1]), left, right]));
  const [a, b, c] = ['a', 'b', 'c'].map(leaf);
  expect(rootOf([a])).toBe(a.hash.toString('hex'));
  expect(rootOf([a, b, c])).toBe(node(node(a.hash, b.hash), c.hash).toString('hex'));
  expect(rootOf([])).toBe(hash('').toString('hex'));
});

describe('a seal', () => {
  const problems = (seal = sealed(), key = publicKey) =>
    checkSeal(seal, leavesOf(folder, others), key).problems;
  test('holds while nothing changes', () => {
    const seal = parseSeal(JSON.stringify(sealed()), 'seal.json');
    expect(checkSeal(seal, leavesOf(folder, others), publicKey)).toEqual({ valid: true, problems: [] });
    expect(checkSeal(seal, leavesOf(folder, others)).valid).toBe(true);
  });
  test('names what was changed, taken away, added', () => {
    const seal = sealed();
    writeFileSync(join(folder, 'threads/7-0/000001.seg'), 'Words');
    rmSync(join(folder, 'run.json'));
    writeFileSync(join(folder, 'more'), '');
    expect(problems(seal)).toEqual([
      'threads/7-0/000001.seg was changed',
      'run.json is gone',
      'more was added',
    ]);
    expect(checkSeal(seal, leavesOf(folder, { 'aggregates/errors': 'x' })).problems).toContain(
      'aggregates/errors was changed',
    );
  });
  test('is not believed when it was changed itself, or signed by another one', () => {
    const seal = sealed();
    writeFileSync(join(folder, 'run.json'), '{"a":1}');
    const forged = { ...seal, leaves: leavesOf(folder, others) };
    expect(problems(forged)).toEqual(['its signature does not match']);
    expect(problems({ ...forged, root: rootOf(forged.leaves) })).toEqual(['its signature does not match']);
    const other = generateKeyPairSync('ed25519');
    const theirs = sealWith(other.privateKey, 'run', 'r1', leavesOf(folder, others));
    expect(problems(theirs)).toEqual(['it was signed with another key', 'its signature does not match']);
    expect(problems({ ...sealed(), id: 'r2' })).toEqual(['its signature does not match']);
  });
  test.each(['', '[]', '{"format":"intellimap-seal"}'])('%j is none', (text) =>
    expect(() => parseSeal(text, 'f')).toThrow('f is not a seal'),
  );
});

test('a new key is its owner’s alone, and never takes the place of one that is there', () => {
  const file = join(folder, 'key.pem');
  const made = writeNewKey(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readKey(file, 'private').asymmetricKeyType).toBe('ed25519');
  expect(readKey(made.publicKey, 'public').asymmetricKeyType).toBe('ed25519');
  const before = readFileSync(file);
  expect(() => writeNewKey(file)).toThrow('it is there already');
  expect(readFileSync(file)).toEqual(before);
  expect(() => readKey(join(folder, 'none.pem'), 'private')).toThrow('it does not exist');
  const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'rsa.pem'), rsa.export({ type: 'pkcs8', format: 'pem' }));
  expect(() => readKey(join(folder, 'rsa.pem'), 'private')).toThrow('is not an Ed25519 private key');
});
