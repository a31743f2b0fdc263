/** A place in the editor of who looks: a real server, and an editor that writes down what it was started with. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { type Browser, builtUi, opened } from './fixtures/browser.ts';

const workspace = new Workspace();
const ui = builtUi();
const told = join(workspace.root, 'told.txt');
const editor = join(workspace.root, 'editor.sh');
let browser: Browser;
beforeAll(async () => {
  workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] });
  mkdirSync(join(workspace.root, 'src'));
  writeFileSync(join(workspace.root, 'src', 'a.ts'), 'export const a = 1;\n');
  writeFileSync(editor, `#!/bin/sh\necho "$@" > '${told}'\n`);
  chmodSync(editor, 0o755);
  browser = await opened(workspace.root, { ui });
});
afterAll(async () => {
  delete process.env['LAUNCH_EDITOR'];
  await browser.server.close();
  workspace.remove();
  rmSync(ui, { recursive: true });
});

async function edited(ask: object): Promise<{ status: number; said: string | null; message: string }> {
  rmSync(told, { force: true });
  const { status, json } = await browser.post('/api/edit', ask);
  if (status === 200) for (let tries = 0; tries < 50 && !existsSync(told); tries++) await sleep(20);
  return {
    status,
    said: existsSync(told) ? readFileSync(told, 'utf8') : null,
    message: (json as { message: string }).message,
  };
}

test('an editor is started with the file, nothing else', async () => {
  process.env['LAUNCH_EDITOR'] = editor;
  const { status, said } = await edited({ path: 'src/a.ts', line: 1 });
  expect(status).toBe(200);
  expect(said).toContain(join(workspace.root, 'src/a.ts'));
});

test.each(['../outside.ts', '/etc/passwd', 'told.txt'])(
  'files that the run does not know are none: %s',
  async (path) => {
    process.env['LAUNCH_EDITOR'] = editor;
    expect(await edited({ path })).toMatchObject({
      status: 404,
      said: null,
      message: expect.stringContaining('knows no file'),
    });
  },
);

test('nor is one that is no more', async () => {
  expect(await edited({ path: 'src/b.ts' })).toMatchObject({
    status: 404,
    said: null,
    message: 'src/b.ts is not there any more',
  });
});

test('a link that leads out of the workspace is not followed', async () => {
  process.env['LAUNCH_EDITOR'] = editor;
  rmSync(join(workspace.root, 'src/a.ts'));
  symlinkSync('/etc/hostname', join(workspace.root, 'src/a.ts'));
  expect(await edited({ path: 'src/a.ts' })).toMatchObject({
    status: 404,
    said: null,
    message: expect.stringContaining('outside of the workspace'),
  });
  rmSync(join(workspace.root, 'src/a.ts'));
  writeFileSync(join(workspace.root, 'src', 'a.ts'), 'export const a = 1;\n');
});

test('where no editor can be started, why, and what to do', async () => {
  process.env['LAUNCH_EDITOR'] = join(workspace.root, 'no-such-editor');
  expect(await edited({ path: 'src/a.ts' })).toMatchObject({
    status: 404,
    message: expect.stringMatching(/src\/a\.ts could not be opened: .*ENOENT/),
  });
});
