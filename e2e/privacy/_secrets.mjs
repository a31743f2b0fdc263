/** Secrets of 25 kinds, made of a seed: each with a text that it stands in, as programs say it, and what must be found nowhere. */

/** mulberry32 */
function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ALL = `${SMALL}${SMALL.toUpperCase()}${DIGITS}`;
const CAPITALS = `${SMALL.toUpperCase()}234567`;

/** Kind → makes one. `secret` is looked for; `text` holds it; `bare`: it is known by its looks, whatever is around it. */
const KINDS = {
  jwt: ({ from }) => bare(`eyJ${from(ALL, 33)}.eyJ${from(ALL, 40)}.${from(ALL, 43)}`),
  'key of GitHub': ({ from }) => bare(`ghp_${from(ALL, 36)}`),
  'key of AWS': ({ from }) => bare(`AKIA${from(CAPITALS, 16)}`),
  'key of Slack': ({ from }) => bare(`xoxb-${from(DIGITS, 12)}-${from(ALL, 24)}`),
  'key of Stripe': ({ from }) => bare(`sk_live_${from(ALL, 24)}`),
  'key of Google': ({ from }) => bare(`AIza${from(ALL, 35)}`),
  'key of npm': ({ from }) => bare(`npm_${from(ALL, 36)}`),
  'private key': ({ from }) => {
    const secret = from(ALL, 48);
    return {
      secret,
      text: `-----BEGIN PRIVATE KEY-----\n${secret}\n${from(ALL, 48)}\n-----END PRIVATE KEY-----`,
      bare: true,
    };
  },
  bearer: ({ from }) => named(from(ALL, 20), (it) => `Bearer ${it}`),
  basic: ({ from }) =>
    named(
      Buffer.from(`${from(SMALL, 6)}:${from(ALL, 9)}`).toString('base64'),
      (it) => `Authorization: Basic ${it}`,
    ),
  cookie: ({ from }) => named(from(SMALL + DIGITS, 14), (it) => `Cookie: theme=dark; sid=${it}`),
  'set-cookie': ({ from }) => named(from(SMALL + DIGITS, 14), (it) => `Set-Cookie: connect=${it}; HttpOnly`),
  'e-mail': ({ from }) => bare(`${from(SMALL, 6)}.${from(SMALL, 5)}@${from(SMALL, 7)}.org`),
  'phone, E.164': ({ from }) => bare(`+49${1 + (Number(from(DIGITS, 1)) % 9)}${from(DIGITS, 9)}`),
  'phone, national': ({ from, one }) =>
    bare(
      one([
        `0${one(['30', '171', '221'])}/${from('23456789', 7)}`,
        `06 ${from(DIGITS, 2)} ${from(DIGITS, 2)} ${from(DIGITS, 2)} ${from(DIGITS, 2)}`,
        `(2${from('23456789', 2)}) 555-${from(DIGITS, 4)}`,
      ]),
    ),
  card: ({ from, one }) => {
    const digits = withCheck(`${one(['4', '51', '52', '55'])}${from(DIGITS, 15)}`.slice(0, 15));
    return bare(
      one([digits, digits.replace(/(\d{4})(?=\d)/g, '$1 '), digits.replace(/(\d{4})(?=\d)/g, '$1-')]),
    );
  },
  'card of 15 digits': ({ from }) => bare(withCheck(`37${from(DIGITS, 12)}`)),
  iban: ({ from, one }) => {
    const plain = iban('DE', from(DIGITS, 18));
    return bare(one([plain, plain.replace(/(.{4})(?=.)/g, '$1 ')]));
  },
  ssn: ({ from }) =>
    bare(
      `${1 + (Number(from(DIGITS, 1)) % 5)}${from(DIGITS, 2)}-${from('123456789', 2)}-${from('123456789', 4)}`,
    ),
  'password in a URL': ({ from }) => named(from(ALL, 10), (it) => `postgres://shop:${it}@db.internal/shop`),
  'parameter of a URL': ({ from, one }) =>
    named(
      from(SMALL + DIGITS, 12),
      (it) => `https://shop.test/callback?page=2&${one(['code', 'access_token', 'state', 'sig'])}=${it}`,
    ),
  'named, as an assignment': ({ from, one }) =>
    named(from(SMALL, 9), (it) => `${one(['password', 'api_key', 'client_secret', 'DB_PASSWD'])}=${it}`),
  'named, as JSON': ({ from, one }) =>
    named(from(SMALL, 9), (it) =>
      JSON.stringify({ user: 'joe', [one(['password', 'apiKey', 'refreshToken'])]: it, n: 1 }),
    ),
  random: ({ from }) => bare(from(ALL, 40)),
  environment: ({ from }) => ({
    ...bare(`${from(SMALL, 5)}-${from(SMALL, 5)}-${from(SMALL, 5)}`),
    isVariable: true,
  }),
};

const bare = (secret) => ({ secret, text: secret, bare: true });
const named = (secret, textOf) => ({ secret, text: textOf(secret), bare: false });

/** @returns {{ kind: string, secret: string, text: string, bare: boolean, isVariable?: boolean }[]} */
export function secrets(count, seed) {
  const below = numbers(seed);
  const from = (letters, length) => {
    // One of each class, as random texts of this length nearly always have: what else is made here is by chance.
    const text = Array.from({ length }, () => letters[below(letters.length)]).join('');
    return letters === ALL && length > 18 ? `${text.slice(0, -3)}a7Z` : text;
  };
  const one = (list) => list[below(list.length)];
  const kinds = Object.entries(KINDS);
  return Array.from({ length: count }, (_, at) => {
    const [kind, make] = kinds[at % kinds.length];
    return { kind, ...make({ from, one }) };
  });
}

/** The digits and one that makes them pass Luhn's test. */
function withCheck(digits) {
  for (let last = 0; last < 10; last++) {
    const all = `${digits}${last}`;
    const sum = Array.from(all)
      .toReversed()
      .reduce((before, digit, at) => {
        const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
        return before + (value > 9 ? value - 9 : value);
      }, 0);
    if (sum % 10 === 0) return all;
  }
  throw new Error('one of ten digits passes');
}

/** ISO 13616 */
function iban(country, account) {
  const number = `${account}${Array.from(country, (letter) => letter.charCodeAt(0) - 55).join('')}00`;
  return `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${account}`;
}
