/** Every screen in both themes: a picture, what axe-core says of it, and that its address restores it to the pixel. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { failedPicture, looking, pictureOf, settled, still } from './_shop.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const VIEWS = {
  home: '?screen=home',
  map: '?screen=map&level=module',
  'map-system': '?screen=map&level=system',
  'map-function': '?screen=map&level=function&module=src%2Fservices%2Fcart.mjs',
  cinema: '?screen=cinema',
  issues: '?screen=issues',
  reports: '?screen=reports',
  compare: '?screen=compare',
  'compare-tree': '?screen=compare&o.diff=tree',
  query: '?screen=query',
};

const cases = Object.entries(VIEWS).flatMap(([name, search]) =>
  ['dark', 'light'].map((colorScheme) => [
    `${name}, ${colorScheme}: a picture, no serious barrier, and the address restores it`,
    () =>
      looking(search, { colorScheme, reducedMotion: 'reduce' }, async (page) => {
        const before = await pictureOf(page, `${name}-${colorScheme}`);
        assert.deepEqual(await barriers(page), []);
        await page.reload();
        await settled(page);
        const after = await still(page);
        const changed = await difference(page, before, after);
        if (changed > FEW) writeFileSync(failedPicture(`${name}-${colorScheme}-reloaded`), after);
        assert.ok(changed <= FEW, `the picture after a reload is another one: ${changed} points`);
      }),
  ]),
);

/** Points of two pictures that a person would see to be different; edges of letters may be a shade off. */
const FEW = 30;
const SHADES = 32;
const difference = (page, ...pictures) =>
  page
    .context()
    .newPage()
    .then(async (blank) => {
      try {
        return await blank.evaluate(pointsThatDiffer, [
          SHADES,
          ...pictures.map((each) => each.toString('base64')),
        ]);
      } finally {
        await blank.close();
      }
    });

/** Runs in a page. */
async function pointsThatDiffer([shades, ...pictures]) {
  const [a, b] = await Promise.all(
    pictures.map(async (text) => {
      const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    }),
  );
  if (a.length !== b.length) return Infinity;
  let points = 0;
  for (let at = 0; at < a.length; at += 4)
    if ([0, 1, 2].some((n) => Math.abs(a[at + n] - b[at + n]) > shades)) points++;
  return points;
}

/** Violations of weight. The page's policy forbids scripts of others; the browser's own door is not bound by it. */
async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** What a screen is for, and what stands beside it. */
const NARROW = {
  '?screen=map&level=module': ['.map-canvas', '.map-inspector'],
  '?screen=reports': ['.report', '.report-nav'],
  '?screen=query': ['.query-main', '.query-side'],
};

export const lookCases = {
  ...Object.fromEntries(cases),
  async 'a window of 400 px: what a screen is for has nearly all of its width, and nothing lies on it'() {
    for (const [search, names] of Object.entries(NARROW))
      await looking(search, { viewport: { width: 400, height: 800 } }, async (page) => {
        const [main, beside] = await Promise.all(
          names.map((name) => page.locator(name).first().boundingBox()),
        );
        assert.ok(main.width > 300 && main.height > 100, `${names[0]}: ${JSON.stringify(main)}`);
        const isApart = beside.y >= main.y + main.height || main.y >= beside.y + beside.height;
        assert.ok(isApart, `${names[1]}: ${JSON.stringify(beside)}`);
      });
  },
};
