import { expect, test } from 'vitest';
import { KnownSecrets, passwordIn } from './known-secrets.ts';

const of = (...secrets: string[]): ((text: string) => string) => {
  const known = new KnownSecrets(1, 2);
  for (const secret of secrets) known.add(secret);
  return (text) => known.replaced(text, (secret) => `<${secret.length}>`);
};

test.each([
  ['hunter2hunter2', '<14>'],
  ['x hunter2hunter2 y hunter2hunter2', 'x <14> y <14>'],
  ['hunter2hunter', 'hunter2hunter'],
  ['hunter2hunter2hunter2hunter2', '<14><14>'],
  ['xhunter2hunter2', 'x<14>'],
  ['correct horse', '<13>'],
  ['correct horse battery', '<21>'],
  ['short', 'short'],
])('%s → %s', (text, shown) => {
  expect(of('hunter2hunter2', 'correct horse', 'correct horse battery', 'short')(text)).toBe(shown);
});

test('one that is longer than the text is found by how it begins', () => {
  const long = 'abcdefgh'.repeat(40);
  expect(of(long)(`x ${long.slice(0, 100)}`)).toBe('x <100>');
});

test('every place of a text is looked at', () => {
  const secret = 'p4ss\u00e4wort';
  const shown = of(secret);
  for (let before = 0; before < 40; before++)
    expect(shown(`${'ab'.repeat(before)}${secret}.`)).toBe(`${'ab'.repeat(before)}<9>.`);
});

test.each([
  ['redis://:hunter2@host:80/1', 'hunter2'],
  ['postgres://joe:a:b@c@host', 'a:b@c'],
  ['https://host:80/a', ''],
  ['https://joe@host', ''],
  ['joe:x@host', ''],
])('the password of %s: %s', (url, password) => expect(passwordIn(url)).toBe(password));

test('of variables: what their names say is secret, unless it is a word or a path, and passwords in URLs', () => {
  const known = new KnownSecrets(1, 2);
  known.variable(true, 'production');
  known.variable(true, '/run/secrets/key');
  known.variable(true, 'hunter2hunter2');
  known.variable(false, 'aB3dE5fG7h');
  known.variable(false, 'redis://:geheim123@host');
  expect(known.replaced('production /run/secrets/key hunter2hunter2 aB3dE5fG7h geheim123', () => '*')).toBe(
    'production /run/secrets/key * aB3dE5fG7h *',
  );
});
