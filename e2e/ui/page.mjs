/** The report as one file, from the disk: with scripts, with scripts blocked, with styles blocked, too. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openPage } from '../_browser.mjs';
import { execute, intellimapBin } from '../_consumer.mjs';
import { pictureOf, shop } from './_shop.mjs';

let made;

async function page() {
  const { cwd } = await shop();
  made ??= execute(intellimapBin(), ['report', '--html', 'out/report.html'], { cwd });
  const { code, stdout, stderr } = await made;
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^out\/report\.html \(\d+ kB\)\n$/);
  return join(cwd, 'out/report.html');
}

async function reading(options, read) {
  const { browser } = await shop();
  const file = await page();
  const { page: tab, context, journal } = await openPage(browser, options);
  try {
    await tab.goto(pathToFileURL(file).href);
    await read(tab);
    assert.deepEqual(journal.problems, []);
    assert.deepEqual(journal.asked, [pathToFileURL(file).href]);
  } finally {
    await context.close();
  }
}

const told = (tab) => tab.evaluate(() => document.body.innerText);

export const pageCases = {
  async 'the report is one file of 2 MB at most, and says what is broken with source and values'() {
    assert.ok(statSync(await page()).size < 2 * 2 ** 20);
    await reading({ colorScheme: 'light' }, async (tab) => {
      assert.match(await tab.title(), /shop: IntelliMap report/);
      const text = await told(tab);
      assert.match(text, /Broken features[\s\S]*applyCoupon[\s\S]*coupons\.mjs/);
      assert.match(text, /tier/);
      assert.ok((await tab.locator('#map svg text').count()) > 20);
      await pictureOf(tab, 'report-light');
      await tab.locator('#map').scrollIntoViewIfNeeded();
      await pictureOf(tab, 'report-map-light');
    });
    await reading({ colorScheme: 'dark' }, (tab) => pictureOf(tab, 'report-dark'));
  },
  async 'with scripts blocked it says the same; with scripts, long tables can be filtered'() {
    let withScripts;
    await reading({}, async (tab) => {
      const rows = tab.locator('#dead-code .findings tbody tr');
      const all = await rows.count();
      await tab.locator('#dead-code input[type=search]').fill('wishlist');
      const left = await rows.evaluateAll((found) => found.filter(({ hidden }) => !hidden).length);
      assert.ok(left > 0 && left < all, `${left} of ${all}`);
    });
    await reading({}, async (tab) => void (withScripts = await told(tab)));
    await reading({ javaScriptEnabled: false }, async (tab) => {
      const plain = await tab.locator('body').innerText();
      assert.equal(
        plain.replaceAll(/\s+/g, ' '),
        withScripts.replaceAll(/filter \d+ findings/g, '').replaceAll(/\s+/g, ' '),
      );
    });
  },
  async 'as CI systems show it, scripts and styles blocked, it can be read, and the map is seen'() {
    const { browser } = await shop();
    const text = readFileSync(await page());
    const server = http.createServer((_, response) => {
      response.setHeader(
        'content-security-policy',
        "sandbox; default-src 'none'; img-src 'self'; style-src 'self'",
      );
      response.setHeader('content-type', 'text/html').end(text);
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const { page: tab, context } = await openPage(browser);
    try {
      await tab.goto(`http://127.0.0.1:${server.address().port}/`);
      assert.match(await tab.locator('body').innerText(), /Broken features/);
      const look = await tab
        .locator('#map svg path')
        .evaluateAll((all) => all.map((each) => getComputedStyle(each).fill));
      assert.ok(new Set(look).size > 3, [...new Set(look)].join());
      assert.equal(
        await tab.locator('body').evaluate((body) => getComputedStyle(body).maxWidth),
        'none',
        'styles are blocked',
      );
      await pictureOf(tab, 'report-no-styles');
    } finally {
      await context.close();
      server.close();
    }
  },
};
