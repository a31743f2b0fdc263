/** The three ways through the UI that it was made for, by keyboard alone. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, intellimapBin, query } from '../_consumer.mjs';
import { until } from '../_until.mjs';
import { looking, pictureOf, serve, settled, shop } from './_shop.mjs';

/** What the URL says. */
export const view = (page) => Object.fromEntries(new URL(page.url()).searchParams);

export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
  await settled(page);
  // The URL follows what changes many times a second when that has come to rest.
  await page.waitForTimeout(400);
}

const textOf = (page, selector) => page.locator(selector).first().innerText();

/** Calls of a function, one after the other, as addresses name them. */
async function callsOf(name) {
  const { cwd } = await shop();
  const rows = await query(
    cwd,
    `select thread_id || '.' || call_id as call from call_tree where name = '${name}' order by start_us`,
  );
  return rows.map(({ call }) => call);
}

export const journeyCases = {
  async 'broken: Home, the moment it failed, why, the write that caused it, the editor: four keys'() {
    const { cwd } = await shop();
    const opened = join(cwd, 'opened.txt');
    const editor = join(cwd, 'editor.sh');
    writeFileSync(editor, `#!/bin/sh\necho "$@" > '${opened}'\n`);
    chmodSync(editor, 0o755);
    const address = await serve(cwd, { LAUNCH_EDITOR: editor });
    await looking('', { address }, async (page) => {
      assert.match(await textOf(page, 'h1'), /requests GET \/carts\/\* ran into an error in applyCoupon/);
      await press(page, 'Enter');
      const failed = view(page);
      assert.equal(failed.screen, 'cinema');
      assert.equal(failed.level, 'line');
      assert.match(failed.function, /coupons\.mjs#applyCoupon$/);
      await until('its source', async () => /coupons\.mjs/.test(await page.locator('main').innerText()));
      await pictureOf(page, 'journey-broken-moment');
      await press(page, 'y');
      await until('the chain of causes', async () =>
        /CouponDiscount wrote/.test(await page.locator('main').innerText()),
      );
      await pictureOf(page, 'journey-broken-why');
      await press(page, 'ArrowDown', 'Enter');
      const cause = view(page);
      assert.match(cause.function, /discounts\.mjs#class CouponDiscount/);
      assert.ok(Number(cause.t) < Number(failed.t), `${cause.t} < ${failed.t}`);
      await press(page, 'o');
      await until('the editor', () => existsSync(opened));
      assert.match(readFileSync(opened, 'utf8'), /discounts\.mjs/);
      await press(page, 'Alt+ArrowLeft');
      assert.equal(view(page).t, failed.t, 'Back goes to where one was');
    });
  },
  async 'slow: the map by time, the hottest file, its slowest call played, step by step, the query that shows it'() {
    await looking('?screen=map&level=module', {}, async (page) => {
      await press(page, 'v');
      const metric = view(page)['o.heat'];
      assert.ok(metric !== undefined, page.url());
      await press(page, 'ArrowRight');
      await until('a file is chosen', () => view(page).module !== undefined);
      await pictureOf(page, 'journey-slow-map');
      await press(page, 'p');
      const played = view(page);
      assert.equal(played.screen, 'cinema');
      assert.match(played.call, /^\d+\.\d+$/);
      const seconds = () => Number(view(page).t);
      for (let step = 0; step < 2; step++) {
        const before = seconds();
        await press(page, '.');
        // The first answer of a run may take its time.
        await until('a step on', () => seconds() > before);
        const [from, to] = view(page).window.split('-').map(Number);
        assert.ok(from <= seconds() && seconds() <= to, page.url());
      }
      await pictureOf(page, 'journey-slow-cinema');
      await press(page, 'g', 'q');
      assert.equal(view(page).screen, 'query');
    });
  },
  async 'slow, further: a call that is made again and again says so where it runs, and Q asks for all of them'() {
    const { cwd } = await shop();
    const { stdout } = await execute(intellimapBin(), ['report', '--only', 'n-plus-one', '--json'], { cwd });
    const [{ repeated }] = JSON.parse(stdout).analyses[0].findings;
    const { threadId, callId, callee, most } = repeated;
    const [first] = await query(
      cwd,
      `select call_id, start_us from call_tree where thread_id = ${threadId} and parent_call_id = ${callId} and name = '${callee.name}' order by start_us`,
    );
    const chosen = new URLSearchParams({
      screen: 'cinema',
      t: first.start_us,
      call: `${threadId}.${first.call_id}`,
      function: callee.id,
      module: callee.path,
    });
    await looking(`?${chosen}`, {}, async (page) => {
      const hint = page.getByRole('button', { name: /^N\+1\?/ });
      await until('it says so', () => hint.isVisible());
      assert.match(await hint.innerText(), /×\d+/);
      await pictureOf(page, 'journey-slow-repeated');
      await press(page, 'q');
      assert.equal(view(page).screen, 'query');
      await press(page, 'Control+Enter');
      await until('the calls', async () => (await page.getByRole('row').count()) > Math.min(most, 10));
      await pictureOf(page, 'journey-slow-query');
    });
  },
  async 'from code: the palette, a function, its calls one after the other, the map'() {
    await looking('', {}, async (page) => {
      await press(page, 'Control+k');
      await page.keyboard.type('applyCoupon', { delay: 20 });
      const first = page.getByRole('dialog').getByRole('option').first();
      await until('it is found', async () => /applyCoupon/.test(await first.innerText().catch(() => '')));
      await pictureOf(page, 'journey-code-palette');
      await press(page, 'Enter');
      await until('its longest call', () => view(page).call !== undefined);
      const found = view(page);
      assert.match(found.function, /#applyCoupon$/);
      assert.equal(found.screen, 'cinema');
      const calls = await callsOf('applyCoupon');
      let at = calls.indexOf(found.call);
      if (at === calls.length - 1) {
        // The longest one is the last.
        await press(page, '<');
        await until('the call before', () => view(page).call === calls[at - 1]);
        at--;
      }
      await press(page, '>');
      await until('the next call', () => view(page).call === calls[at + 1]);
      assert.match(view(page).function, /#applyCoupon$/);
      await pictureOf(page, 'journey-code-next-call');
      await press(page, 'g', 'm');
      assert.equal(view(page).screen, 'map');
      assert.match(view(page).function, /#applyCoupon$/);
      await pictureOf(page, 'journey-code-map');
    });
  },
  async 'map: the lines of what is chosen are those of its longest call, or of its file where it never ran, whatever runs at the playhead'() {
    const { cwd } = await shop();
    const functionOf = async (name) =>
      (
        await query(
          cwd,
          `select ast_node_id as function, path as module from functions where name = '${name}'`,
        )
      )[0];
    const heading = (page) => page.getByLabel('Source at the playhead').locator('header');
    const linesOf = async (name, look) => {
      const place = await functionOf(name);
      await looking(
        `?${new URLSearchParams({ screen: 'map', level: 'module', ...place })}`,
        {},
        async (page) => {
          await press(page, '4');
          await until(`the lines of ${name}`, async () => (await heading(page).innerText()).includes(name));
          assert.match(await heading(page).innerText(), new RegExp(place.module.replace(/.*\//, '')));
          assert.equal(view(page).level, 'line');
          await look(page, place);
        },
      );
    };
    await linesOf('applyCoupon', async (page) => assert.match(view(page).call, /^\d+\.\d+$/));
    await linesOf('parseMoney', async (page, { module }) => {
      assert.equal(view(page).call, undefined);
      // Who steps on reads what runs.
      await press(page, '.');
      await until('another file', async () => !(await heading(page).innerText()).includes(module));
    });
  },
  async 'reports: a finding is chosen by keys and closed again, and what the map looks for filters none'() {
    await looking('?screen=reports&o.report=errors&o.find=nowhere', {}, async (page) => {
      await page.getByRole('grid').focus();
      await press(page, 'ArrowDown');
      assert.notEqual(view(page)['o.finding'], undefined, page.url());
      assert.equal(await page.getByLabel('The chosen finding').count(), 1);
      await press(page, 'Escape');
      assert.equal(view(page)['o.finding'], undefined, page.url());
      assert.equal(await page.getByLabel('The chosen finding').count(), 0);
    });
  },
};
