/** Texts without a secret, as programs handle them: what is redacted in one of them is redacted by mistake. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lines = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 5);
const many = (count, make) => Array.from({ length: count }, (_, at) => make(at + 1));
const hash = (algorithm, at) => createHash(algorithm).update(String(at)).digest('hex');

const GERMAN = `
Die Bestellung 4711 wurde am 22. November 2026 um 14:30 Uhr verschickt.
Der Warenkorb ist leer, bitte legen Sie etwas hinein.
Ungültige Eingabe: Das Feld „Straße“ darf höchstens 80 Zeichen lang sein.
Es gelten die allgemeinen Geschäftsbedingungen in der Fassung vom 01.02.2026.
Gesamtbetrag: 1.234,56 € inklusive 19 % Mehrwertsteuer
Lieferung zwischen 08:00 und 12:00 Uhr, Zimmer 3.14, 2. Stock
Bitte wählen Sie ein sicheres Passwort mit mindestens zwölf Zeichen.
Verbindung zum Server verloren, neuer Versuch in 5 Sekunden (3 von 10)
Artikel 100-200-300 ist nicht lieferbar, Größe 42 in Schwarz schon
Rechnung RE-2026-000123 über 99,00 EUR
Die Anmeldung ist fehlgeschlagen, weil das Konto gesperrt ist.
Seite 12 von 345, sortiert nach Preis, aufsteigend
Grundsteuer-Nr. 12/345/6789, Aktenzeichen 1 BvR 1234/20
Temperatur -12,5 °C, Luftdruck 1013 hPa, Wind 12 km/h aus Nordost
Öffnungszeiten: Mo-Fr 9-18 Uhr, Sa 10-14 Uhr`;
const ENGLISH = `
The order 4711 was shipped on 22 November 2026 at 2:30 pm.
Your cart is empty; add something to it first.
Invalid input: "street" must be at most 80 characters long
Total: $1,234.56 including 8.25% sales tax
Cannot read properties of undefined (reading 'total')
Unexpected token '<', "<!DOCTYPE "... is not valid JSON
connect ECONNREFUSED 127.0.0.1:5432
ENOENT: no such file or directory, open '/app/config/default.json'
Request failed with status code 503 after 3 retries (1200 ms)
Passwords are hard to remember; a passphrase is easier.
The bearer of this ticket may enter through gate 12.
A basic understanding of authentication schemes is assumed.
listening on http://localhost:3000/shop?page=2&sort=price
Retrying in 1000ms… attempt 2/5
SELECT id, name FROM orders WHERE total > 100 ORDER BY created_at DESC LIMIT 20
Warning: Each child in a list should have a unique "key" prop.
Module not found: Error: Can't resolve './cart' in '/app/src'
user clicked "Add to cart" on product 1234 (SKU ABC-123-XL)
Chapter 3, verse 16; see also pp. 100-120 and fig. 4.2
Maximum call stack size exceeded`;

/** Name → texts. */
export const CORPUS = {
  'prose, German': lines(GERMAN),
  'prose, English': lines(ENGLISH),
  documentation: ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].flatMap((file) =>
    lines(readFileSync(join(root, file), 'utf8')),
  ),
  code: readdirSync(join(root, 'packages/intellimap/src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(transform|query|layout).*\.ts$/.test(file) && !file.includes('.test.'))
    .flatMap((file) => lines(readFileSync(join(root, 'packages/intellimap/src', file), 'utf8'))),
  'packages and versions': lines(readFileSync(join(root, 'package-lock.json'), 'utf8')).slice(0, 3000),
  uuids: many(200, (at) =>
    hash('md5', at).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, 'order $1-$2-$3-$4-$5 done'),
  ),
  hashes: many(200, (at) => `commit ${hash('sha1', at)} of tree ${hash('sha256', at)}`),
  integrity: many(
    100,
    (at) => `"integrity": "sha512-${createHash('sha512').update(String(at)).digest('base64')}"`,
  ),
  dates: many(200, (at) => new Date(at * 1e11).toISOString()),
  times: many(200, (at) => `took ${at * 1.5} ms, at ${1790000000000 + at * 7919}, ${at * 123456789} µs`),
  prices: many(200, (at) => `${at * 7},99 € · $${at},${100 + at}.00 · ${at * 1000} JPY`),
  versions: many(
    200,
    (at) => `node v${at % 30}.${at % 20}.${at} · lib@${at}.0.0-beta.${at} · ${at}.${at}.${at}.${at}`,
  ),
  paths: many(
    200,
    (at) =>
      `/home/joe/projects/shop-${at}/node_modules/@scope/pkg/dist/index-${hash('md5', at).slice(0, 8)}.js:${at}:${at * 3}`,
  ),
  identifiers: many(
    200,
    (at) =>
      `handleHttp${at}RequestForUserSession · get_user_by_id_${at} · MAX_RETRIES_${at} · useShoppingCartStore${at}`,
  ),
  stacks: many(100, (at) => `    at async Shop.total (file:///app/src/server/routes/cart${at}.ts:${at}:15)`),
};
