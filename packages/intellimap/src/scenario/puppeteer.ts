/**
 * `intellimap/puppeteer`: records what a page of Puppeteer's (or of Playwright's library) does, until it is told that this is all.
 *
 *     import { record } from 'intellimap/puppeteer';
 *     const recording = await record(page, { name: 'checkout' });
 *     await recording.step('open the shop', () => page.goto('http://localhost:3000'));
 *     await recording.end();
 */
import type { Cdp } from './cdp/protocol.ts';
import { testRun } from './around.ts';
import { ScenarioRecording } from './recording.ts';
import type { Step } from './tools.ts';
import { watchedIn, type WatchOptions } from './watched.ts';
import { askBeforeClosing } from './watched-pages.ts';

export interface RecordOptions extends WatchOptions {
  /** What the scenario is called; runs of one name are compared. */
  name: string;
  /** A folder of the workspace (the current one). */
  cwd?: string;
}

export interface PageRecording {
  /** Id of the run. */
  run: string;
  /** Its folder. */
  folder: string;
  step: Step;
  /** Nothing more comes. @param error why it failed */
  end(error?: unknown): Promise<void>;
}

/** What of Puppeteer's `Page` is used; Playwright's has other ways to the same. */
export interface RecordedPage {
  url(): string;
  close(...args: never[]): Promise<void>;
  createCDPSession?: () => Promise<unknown>;
  browser?: () => { version(): Promise<string> };
  context?: () => { newCDPSession(page: never): Promise<unknown>; browser(): { version(): string } | null };
}

/** @throws where the browser does not speak the DevTools protocol, or nothing can be written */
export async function record(page: RecordedPage, options: RecordOptions): Promise<PageRecording> {
  const { name, cwd = process.cwd() } = options;
  const program = process.argv[1] ?? '';
  const command = ['puppeteer', name];
  const { file, runDir, end } = await testRun({
    title: name,
    file: program,
    cwd,
    command,
    pack: `puppeteer-${process.pid}`,
  });
  const recording = new ScenarioRecording({
    run: file,
    runDir,
    name,
    file: file.scenario?.file ?? program,
    agent: await agentOf(page),
    watched: watchedIn(options),
  });
  const tab = await recording.watch(await sessionOf(page), page.url());
  askBeforeClosing(page, tab);
  await recording.snapshot();
  let failed = false;
  return {
    run: file.id,
    folder: runDir,
    async step(step, act) {
      try {
        return await recording.step(step, act);
      } catch (error) {
        failed = true;
        throw error;
      }
    },
    async end(error) {
      const hasFailed = failed || error !== undefined;
      await recording.end(hasFailed ? 'failed' : 'passed', error);
      await end(hasFailed ? 1 : 0);
    },
  };
}

async function sessionOf(page: RecordedPage): Promise<Cdp> {
  const session =
    page.createCDPSession === undefined
      ? page.context?.().newCDPSession(page as never)
      : page.createCDPSession();
  if (session === undefined) throw new TypeError('record() takes a page of Puppeteer or Playwright');
  return (await session) as Cdp;
}

const agentOf = async (page: RecordedPage): Promise<string> =>
  (await page.browser?.().version()) ?? `Chromium ${page.context?.().browser()?.version() ?? ''}`.trim();
