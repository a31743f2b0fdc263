import { expect, test } from 'vitest';
import { Refusal, refusalOf } from './refusal.ts';

const failed = (code: string): Error => Object.assign(new Error(`${code}: /home/somebody/secret`), { code });

test.each([
  ['ENOSPC', 507],
  ['EDQUOT', 507],
  ['EMFILE', 503],
  ['EIO', 500],
])('%s is told as %d, without the path', (code, status) => {
  const refusal = refusalOf(failed(code));
  expect(refusal.status).toBe(status);
  expect(refusal.message).not.toContain('somebody');
});

test('a refusal stays what it is', () => {
  const refusal = new Refusal(429, 'slower', 3);
  expect(refusalOf(refusal)).toBe(refusal);
});
