import { describe, expect, it } from 'vitest';
import { createRedaction } from './redact.ts';

const redaction = createRedaction({ names: ['Blut-Gruppe'] });
const { isSecretName } = redaction;
const shown = (text: string, max?: number): string => redaction.shown(text, 'test', max);

it.each([
  'password', 'userPassword', 'PASS_WORD', 'client_secret', 'accessToken', 'x-api-key', 'Authorization', 'Set-Cookie', 'privateKey', 'session_id', 'cvv', 'pass', 'login.pass', 'setPassword.value', 'blutgruppe',
])('the name %s is secret', (name) => expect(isSecretName(name)).toBe(true)); // prettier-ignore

it.each(['user', 'tokenizer.input', 'pinned', 'passed', 'authors', 'key', 'id', 'sidebar', ''])(
  'the name %s is not',
  (name) => expect(isSecretName(name)).toBe(false),
);

describe('what a text shows', () => {
  it.each([
    ['Bearer abcdef.1234-XYZ', 'Bearer ‹credentials:16›'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: ‹secret:32›'],
    ['curl -H "Authorization: Basic dXNlcjpwYXNz" x', 'curl -H "Authorization: ‹secret:32›" x'],
    ['Cookie: a=b; c=d\nHost: x', 'Cookie: ‹secret:8›\nHost: x'],
    ['a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b', 'a ‹private-key:128› b'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', '‹private-key:32›'],
    ['x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc.', 'x ‹jwt:64›.'],
    ['ghp_0123456789abcdefghijABCDEFGHIJ', '‹key:64›'],
    ['id AKIAIOSFODNN7EXAMPLE, region', 'id ‹key:32›, region'],
    ['postgres://joe:hunter2@db/shop', 'postgres://‹url-credentials:16›@db/shop'],
    ['{"user":"joe","password":"x y"}', '{"user":"joe","password":"‹secret:4›"}'],
    [String.raw`{\"apiKey\":\"xyz\",\"n\":1}`, String.raw`{\"apiKey\":\"‹secret:4›\",\"n\":1}`],
    ['a=1&access_token=zzz&b=2', 'a=1&access_token=‹secret:4›&b=2'],
    ['/cb?code=4x&state=5&page=2', '/cb?code=‹secret:4›&state=‹secret:4›&page=2'],
    ['login --password hunter2 now', 'login --password ‹secret:8› now'],
    ['passwords: ["a", "b"], n', 'passwords: ‹secret:16›], n'],
    ['card 4111 1111 1111 1111.', 'card ‹card:32›.'],
    ['5500-0000-0000-0004 12/27', '‹card:32› 12/27'],
    ['2026 4111 1111 1111 1111', '2026 ‹card:32›'],
    ['378282246310005', '‹card:16›'],
    ['mail joe.doe+x@mail.example.org.', 'mail ‹email:32›.'],
    ['/u/joe%40example.org/x', '/u/‹email:32›/x'],
    ['pay DE89 3704 0044 0532 0130 00 now', 'pay ‹iban:32› now'],
    ['GB82WEST12345698765432', '‹iban:32›'],
    ['ssn 078-05-1120', 'ssn ‹ssn:16›'],
    ['call +49 30 901820', 'call ‹phone:16›'],
    ['call +493090182012', 'call ‹phone:16›'],
    ['button.+493090182012', 'button.‹phone:16›'],
    ['call 030/901820-12', 'call ‹phone:16›'],
    ['call 06 12 34 56 78!', 'call ‹phone:16›!'],
    ['call (212) 555-0123', 'call ‹phone:16›'],
    ['/call/(212) 555-0123/x', '/call/‹phone:16›/x'],
    ['(4111 1111 1111 1111)', '(‹card:32›)'],
    ['a.long.name.'.repeat(9) + 'token=xyz', 'a.long.name.'.repeat(9) + 'token=‹secret:4›'],
    ['key aB3dE5fG7hI9jK1lM3nO5pQ7 end', 'key ‹random:32› end'],
    ['key a1B2c3D4e5/F6g7H8i9J0k.', 'key ‹random:32›.'],
    ['see files.example.com/d/aB3dE5fG7hI9jK1lM3nO5pQ7/a.pdf', 'see files.example.com/d/‹random:32›/a.pdf'],
    ['d/aB3dE5fG7hI9jK1lM3nO5pQ7.tar.gz is there', 'd/‹random:32›.tar.gz is there'],
  ])('%s → %s', (text, expected) => expect(shown(text)).toBe(expected));

  it.each([
    'a short text', 'https://example.org/a:b?c=d', '4111 1111 1111 1112', '1790000000000000', 'order4111111111111111', 'the bearer of', 'a basic idea of it',
    'passwords are hard', '{"token":null,"x":1}', 'task-1234567890123456', '2026-11-21T10:00:00.000Z', 'password', '', 'git@github.com:joe/shop.git',
    'icon@2x.png', 'lodash@4.17.21', '@scope/name@1.2.3', '0191e2b0-5f63-7b1c-9d2e-3a4b5c6d7e8f', 'd41d8cd98f00b204e9800998ecf8427e', '192.168.100.200',
    'npm_config_registry_url', 'sha512-aB3dE5fG7hI9jK1lM3nO5pQ7aB3dE5fG7hI9jK1lM3nO5pQ7==', 'getHttpServerUrlForVersion3', 'Unexpected token < in JSON', 'at f (file:///a/b.js:10:5)',
    'a.token === b.token', 'const f = (token) => token', '000-12-3456', '01.02.2026', '12:30:45.123', '1 234 567,89 €', 'Iterator<string, number>',
    'cannot load http://localhost:38111/assets/index-D3e0c4dp.js', 'com/assets/one-A1b2C3d4/two-E5f6G7h8/x.min.js:17:12', 'd/a1B2c3D4.e5/F6g7H8i9J0k.ts?v=1',
    '‹secret:01234567-16›', 'cannot use Authorization: ‹secret:#', 'cannot use ‹private-key:# here',
  ])('nothing secret: %s', (text) => expect(shown(text)).toBe(text)); // prettier-ignore

  it('stays the same when it is shown again', () => {
    const once = createRedaction({ key: '0011223344556677' });
    const text = once.shown(
      'a@b.org password=x a://u:p@h +493090182012 Bearer abcdef123 Cookie: s=1',
      'test',
    );
    expect([once.shown(text, 'test'), once.total]).toEqual([text, 6]);
  });
});

it('does not care how long a text is', () => {
  expect(shown('x '.repeat(1e6), 10)).toBe('x x x x x ');
});

it('knows a secret that is cut by the end of what is shown', () => {
  expect(shown(`${'x'.repeat(90)} 4111 1111 1111 1111`, 100)).toBe(`${'x'.repeat(90)} ‹card:32›`);
});

describe('tokens', () => {
  const [first, second] = ['00112233aabbccdd', 'ffeeddcc00112233'].map((key) => createRedaction({ key }));

  it('are the same for the same secret and key', () => {
    const [a, b, c] = ['joe@a.org', 'joe@a.org', 'ann@a.org'].map((text) => first.shown(text, 'test'));
    expect([a === b, a === c, a === second.shown('joe@a.org', 'test')]).toEqual([true, false, false]);
    expect(a).toMatch(/^‹email:[\da-f]{8}-16›$/);
  });

  it('are counted by rule and place', () => {
    const counting = createRedaction();
    counting.shown('a@b.org, c@d.org and password=x', 'error');
    counting.shown('a@b.org', 'value');
    expect(counting.counts).toEqual({ email: { error: 2, value: 1 }, secret: { error: 1 } });
  });
});

it.each([
  'a', 'A', '1', '-', '.', '/', '+', '=', ' ', ':', '@', '(', '%', '"', '\\', '?', 'ä', '‹', '1 ', '4 ', 'a.', 'a@', 'a+', 'sk-', 'eyJ', 'aB1', '://', 'DE12 ', '%40', 'token=', 'token:[‹', '"a":', '-----BEGIN ', 'Bearer ',
])('time grows with the length of a text, not with its square: %j', (part) => {
  // A square of it is minutes.
  const text = part.repeat((1 << 18) / part.length);
  expect(shown(text, text.length).length).toBeGreaterThan(0);
}); // prettier-ignore

it('code of the program is not run', () => {
  const of = Array.prototype[Symbol.iterator];
  let runs = 0;
  // oxlint-disable-next-line no-extend-native -- as programs do
  Array.prototype[Symbol.iterator] = function (this: unknown[]) {
    runs++;
    return of.call(this);
  };
  try {
    shown('a@b.org password=x 4111 1111 1111 1111 aB3dE5fG7hI9jK1lM3nO5pQ7');
  } finally {
    // oxlint-disable-next-line no-extend-native -- likewise
    Array.prototype[Symbol.iterator] = of;
  }
  expect(runs).toBe(0);
});

it('the expressions of the program do not change', () => {
  /(b)/.exec('abc');
  shown('a@b.org password=x 4111 1111 1111 1111 aB3dE5fG7hI9jK1lM3nO5pQ7');
  expect(RegExp.$1).toBe('b');
});
