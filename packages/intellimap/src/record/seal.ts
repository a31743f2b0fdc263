/**
 * Seals: that files are what they were when somebody with a key said so. A Merkle tree (SHA-256, hashed as RFC 6962 §2.1 does) over files and other
 * texts in a fixed order, its root signed with Ed25519. FORMATS.md tells it in prose. I/O: reads and writes files.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileError, ExitCode, Fault } from '../base/fault.ts';

const FORMAT = 'intellimap-seal';
const VERSION = 1;

export interface Leaf {
  /** Path relative to the sealed folder, with forward slashes; of what is no file `aggregates/<table>`. */
  name: string;
  /** SHA-256 of its bytes, 64 hex digits. */
  sha256: string;
}

export interface Seal {
  format: typeof FORMAT;
  version: typeof VERSION;
  kind: 'run' | 'report';
  /** Id of the run. */
  id: string;
  /** By name, in the order of UTF-16 code units. */
  leaves: Leaf[];
  /** 64 hex digits. */
  root: string;
  /** SPKI, DER, base64. */
  publicKey: string;
  /** Ed25519 over `signedText`, base64. */
  signature: string;
}

/** What does not belong to a recording: it comes and goes. */
const PASSING = /(^|\/)(held|processes|control)\/|\.tmp$|(^|\/)seal\.json$/;

/** Files below a folder, and what else there is, by name. */
export function leavesOf(folder: string, others: Readonly<Record<string, string>> = {}): Leaf[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => !PASSING.test(name));
  return [
    ...files.map((name) => ({ name, sha256: sha256(readFileSync(join(folder, name))).toString('hex') })),
    ...Object.entries(others).map(([name, text]) => ({ name, sha256: sha256(text).toString('hex') })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Root of the tree, 64 hex digits. */
export function rootOf(leaves: readonly Leaf[]): string {
  return treeHash(leaves.map(({ name, sha256: hash }) => sha256('\0', name, '\0', hash))).toString('hex');
}

/** RFC 6962: the left part is the largest power of two that is smaller than all. */
function treeHash(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return sha256('');
  if (hashes.length === 1) return hashes[0];
  const half = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return sha256('\u0001', treeHash(hashes.slice(0, half)), treeHash(hashes.slice(half)));
}

function sha256(...parts: (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function sealWith(key: KeyObject, kind: Seal['kind'], id: string, leaves: Leaf[]): Seal {
  const root = rootOf(leaves);
  return {
    format: FORMAT,
    version: VERSION,
    kind,
    id,
    leaves,
    root,
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
    signature: sign(null, signedText(kind, id, root), key).toString('base64'),
  };
}

const signedText = (kind: string, id: string, root: string): Buffer =>
  Buffer.from(`${FORMAT} ${VERSION}\n${kind} ${id}\n${root}\n`);

export interface Verdict {
  valid: boolean;
  /** What is wrong, a sentence each without its final stop. */
  problems: string[];
}

/** @param leaves as they are now @param key who must have signed; absent: whoever the seal names */
export function checkSeal(seal: Seal, leaves: readonly Leaf[], key?: KeyObject): Verdict {
  const problems: string[] = [];
  const own = createPublicKey({ key: Buffer.from(seal.publicKey, 'base64'), type: 'spki', format: 'der' });
  if (key !== undefined && !key.equals(own)) problems.push('it was signed with another key');
  const isSigned = verify(
    null,
    signedText(seal.kind, seal.id, rootOf(seal.leaves)),
    key ?? own,
    Buffer.from(seal.signature, 'base64'),
  );
  if (!isSigned || seal.root !== rootOf(seal.leaves)) problems.push('its signature does not match');
  problems.push(...differences(seal.leaves, leaves));
  return { valid: problems.length === 0, problems };
}

function differences(sealed: readonly Leaf[], now: readonly Leaf[]): string[] {
  const before = new Map(sealed.map(({ name, sha256: hash }) => [name, hash]));
  const after = new Map(now.map(({ name, sha256: hash }) => [name, hash]));
  const gone = [...before].filter(([name]) => !after.has(name)).map(([name]) => `${name} is gone`);
  const changed = [...before]
    .filter(([name, hash]) => after.has(name) && after.get(name) !== hash)
    .map(([name]) => `${name} was changed`);
  const added = [...after].filter(([name]) => !before.has(name)).map(([name]) => `${name} was added`);
  return [...changed, ...gone, ...added];
}

/** @throws Fault: it is no seal, or one of a newer version. */
export function parseSeal(text: string, file: string): Seal {
  let seal: Partial<Seal>;
  try {
    seal = JSON.parse(text) as Partial<Seal>;
  } catch {
    seal = {};
  }
  if (seal?.format !== FORMAT || !Array.isArray(seal.leaves) || !seal.publicKey || !seal.signature)
    throw new Fault(ExitCode.UNREADABLE, `${file} is not a seal`);
  if (Number(seal.version) > VERSION)
    throw new Fault(ExitCode.UNREADABLE, `${file} was written by a newer IntelliMap`, 'Update intellimap.');
  return seal as Seal;
}

/** @throws Fault: it cannot be read, or is no Ed25519 key. */
export function readKey(file: string, which: 'private' | 'public'): KeyObject {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(
      ExitCode.NOT_FOUND,
      `cannot read the key ${explainFileError(error as NodeJS.ErrnoException, file)}`,
      'Make one: intellimap sign --new-key <file>',
    );
  }
  try {
    const key = which === 'private' ? createPrivateKey(text) : createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below.
  }
  throw new Fault(ExitCode.UNREADABLE, `${file} is not an Ed25519 ${which} key in PEM`);
}

/** Writes a key that only its owner may read, and the public one beside it (`.pub.pem`). @throws Fault: there is one already. */
export function writeNewKey(file: string): { key: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const beside = `${file.replace(/\.pem$/, '')}.pub.pem`;
  try {
    const options = { flag: 'wx', mode: 0o600 } as const;
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), options);
    writeFileSync(beside, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST'
        ? `${file}: it is there already`
        : explainFileError(error as NodeJS.ErrnoException, file);
    throw new Fault(ExitCode.UNWRITABLE, `cannot write the key ${why}`);
  }
  return { key: file, publicKey: beside };
}
