/** Every screen in both themes: a picture, what axe-core says of it, and that its address restores it to the pixel. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { looking, pictureOf, settled } from './_shop.mjs';

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
  query: '?screen=query',
};

const cases = Object.entries(VIEWS).flatMap(([name, search]) =>
  ['dark', 'light'].map((colorScheme) => [
    `${name}, ${colorScheme}: a picture, no serious barrier, and the address restores it`,
    () =>
      looking(search, { colorScheme, reducedMotion: 'reduce' }, async (page) => {
        await pictureOf(page, `${name}-${colorScheme}`);
        const before = await page.screenshot({ animations: 'disabled' });
        assert.deepEqual(await barriers(page), []);
        await page.reload();
        await settled(page);
        const after = await page.screenshot({ animations: 'disabled' });
        assert.ok(before.equals(after), 'the picture after a reload is another one');
      }),
  ]),
);

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

export const lookCases = Object.fromEntries(cases);
