/** What hands do in the cinema, beyond the journeys. */
import assert from 'node:assert/strict';
import { until } from '../_until.mjs';
import { press, view } from './journeys.mjs';
import { looking } from './_shop.mjs';

export const cinemaCases = {
  async 'state: each value leads to its write, which comes into view'() {
    await looking('', {}, async (page) => {
      await press(page, 'Enter');
      const failed = new URL(page.url()).searchParams;
      const t = Number(failed.get('t'));
      // So close that most writes lie outside.
      failed.set('window', `${t - 50}-${t + 50}`);
      const close = `${new URL(page.url()).origin}/?${failed}`;
      await page.goto(close);
      const rows = page.locator('.state-row:enabled');
      await until('values', async () => (await rows.count()) > 0);
      let away = 0;
      for (let n = 0; n < Math.min(4, await rows.count()); n++) {
        await rows.nth(n).click();
        await page.waitForTimeout(400);
        const now = view(page);
        const [from, to] = now.window.split('-').map(Number);
        assert.ok(from <= Number(now.t) && Number(now.t) <= to, page.url());
        if (Math.abs(Number(now.t) - t) > 50) away++;
        await page.goto(close);
        await until('the values again', async () => (await rows.count()) > n);
      }
      assert.ok(away > 0, 'no write lay outside: this has shown nothing');
    });
  },
  async 'table: it has the bars of the level that is shown'() {
    await looking('?screen=cinema', {}, async (page) => {
      await press(page, 't');
      const inView = async () =>
        (await page.locator('.bar-table header').innerText()).replace(/ bars.*/s, '');
      const calls = await inView();
      await press(page, '1');
      assert.equal(view(page).level, 'system');
      await until('other bars', async () => (await inView()) !== calls, 5000);
    });
  },
  async 'speed: what plays goes on at the speed that is chosen, by button or by command'() {
    await looking('?screen=cinema', {}, async (page) => {
      const speed = async () => Number(/^([\d. ]+)×/.exec(await page.locator('.speed').innerText().then((text) => text.replace(/^\D+/, '')))[1].replace(' ', '')); // prettier-ignore
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await until('it plays', () => page.getByRole('button', { name: 'Pause', exact: true }).isVisible());
      const before = await speed();
      await page.getByRole('button', { name: 'Slower', exact: true }).click();
      const slower = await speed();
      assert.ok(slower < before, `${slower} < ${before}`);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('Play faster', { delay: 20 });
      await page.getByRole('option', { name: /^Play faster/ }).click();
      await until('it is faster', async () => (await speed()) > slower, 2000);
    });
  },
};
