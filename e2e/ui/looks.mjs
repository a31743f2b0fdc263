/** Every screen in both themes: a picture, what axe-core says of it, and that its address restores it to the pixel. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { failedPicture, looking, pictureOf, settled } from './_shop.mjs';

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
        const before = await still(page);
        await pictureOf(page, `${name}-${colorScheme}`);
        assert.deepEqual(await barriers(page), []);
        await page.reload();
        await settled(page);
        const after = await still(page);
        if (!before.equals(after)) writeFileSync(failedPicture(`${name}-${colorScheme}-reloaded`), after);
        assert.ok(before.equals(after), 'the picture after a reload is another one');
      }),
  ]),
);

/** The picture when nothing moves any more: twice the same. */
async function still(page) {
  let last = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  for (let tries = 0; tries < 40; tries++) {
    await page.waitForTimeout(250);
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (now.equals(last)) return now;
    last = now;
  }
  throw new Error('the page never comes to rest');
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

export const lookCases = Object.fromEntries(cases);
