/** Finds playwright-core in the user's project, and a browser for it. I/O: imports it, starts a process. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserType } from 'playwright-core';
import { ExitCode, Fault } from '../base/fault.ts';

export interface BrowserWishes {
  /** Folder that packages are looked for from. */
  cwd: string;
  root: string;
  /** Program of the browser; undefined: what the environment names, what Playwright installed, or what the machine has. */
  path: string | undefined;
  /** With a window. */
  headed: boolean;
}

const PACKAGES = ['playwright-core', 'playwright', '@playwright/test'];
/** Nothing leaves the machine that the page does not send. */
const FLAGS = [
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @throws Fault when there is no Playwright, or no browser */
export async function findBrowser(wishes: BrowserWishes): Promise<Browser> {
  const chromium = await findPlaywright(wishes);
  const path = programOf(chromium, wishes.path);
  if (path === undefined)
    throw new Fault(
      ExitCode.NOT_FOUND,
      'there is no Chromium here',
      'Say where one is: --browser <path>; or: npx playwright install chromium',
    );
  try {
    return await chromium.launch({
      executablePath: path,
      headless: !wishes.headed,
      // Whoever is asked to end has more to end than a browser.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...FLAGS, ...ownFlags()],
    });
  } catch (error) {
    throw new Fault(ExitCode.FAILED, `cannot start ${path}: ${(error as Error).message.split('\n', 1)[0]}`);
  }
}

/** Chromium has no sandbox for root, as in most containers. */
const ownFlags = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

async function findPlaywright({ cwd, root }: BrowserWishes): Promise<BrowserType> {
  for (const from of [cwd, root])
    for (const name of PACKAGES) {
      const file = resolved(from, name);
      if (file === undefined) continue;
      const loaded = (await import(pathToFileURL(file).href)) as Loaded & { default?: Loaded };
      const chromium = loaded.chromium ?? loaded.default?.chromium;
      if (chromium !== undefined) return chromium;
    }
  throw new Fault(
    ExitCode.NOT_FOUND,
    'playwright-core is not installed here',
    'npm install --save-dev playwright-core',
  );
}

interface Loaded {
  chromium?: BrowserType;
}

function resolved(folder: string, name: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}

function programOf(chromium: BrowserType, asked: string | undefined): string | undefined {
  const named = asked ?? process.env['CHROMIUM'] ?? process.env['CHROME_PATH'];
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Fault(ExitCode.NOT_FOUND, `there is no browser ${named}`);
  }
  return [chromium.executablePath(), ...USUAL].find((path) => path !== '' && existsSync(path));
}
