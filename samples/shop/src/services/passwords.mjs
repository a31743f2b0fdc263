import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt);

// Far below what a real shop needs (2 ** 17): it keeps the start of a sample with 61 accounts short.
const COST = { N: 2 ** 9, r: 8, p: 1 };
const KEY_BYTES = 32;

/** Returns "salt:key", both in hex. */
export async function hashPassword(password) {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY_BYTES, COST);
  return `${salt.toString('hex')}:${key.toString('hex')}`;
}

export async function verifyPassword(password, hash) {
  const [salt, expected] = hash.split(':').map((hex) => Buffer.from(hex, 'hex'));
  const key = await derive(password, salt, KEY_BYTES, COST);
  return timingSafeEqual(key, expected);
}
