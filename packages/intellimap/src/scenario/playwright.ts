/**
 * `intellimap/playwright`: the `test` of @playwright/test, recorded. Each test is a scenario: steps are tasks, pages are watched, and where the test runs within
 * `intellimap run`, it is part of that recording, beside the server that the same run has started.
 *
 *     import { test, expect } from 'intellimap/playwright';
 */
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test as base, type TestInfo } from '@playwright/test';
import { Fault } from '../base/fault.ts';
import { recordingEnvironment } from '../record/launch.ts';
import { type TestRun, testRun } from './around.ts';
import { ScenarioRecording } from './recording.ts';
import { type Server, startServer } from './server.ts';
import type { Step } from './tools.ts';
import { watchedIn, type WatchOptions } from './watched.ts';
import { LAST_WORDS_MS, WatchedPages } from './watched-pages.ts';

export { expect };

export interface IntelliMapOptions extends WatchOptions {
  /** Command of a server that each test has for itself, recorded; without it, whoever answers is taken as it is. */
  server?: string;
  /** Where it answers; by default `baseURL`, or what it prints. */
  serverUrl?: string;
  /** ms that it may take until it answers (60 000). */
  serverTimeout?: number;
}

export interface IntelliMapFixture {
  /** As `test.step`, which is recorded, too. */
  step: Step;
  /** Id of the run. */
  run: string;
  /** Where the server of the test answers. */
  serverUrl: string | undefined;
}

/** A run outlives the pages of its test, which say their last words when Playwright closes them; so does the server that hears them. */
interface Around extends TestRun {
  server: Server | undefined;
}

interface Running {
  recording: ScenarioRecording;
  pages: WatchedPages;
}

/** A worker runs one test at a time. */
let running: Running | undefined;

const recordedTest = base.extend<{
  intellimapRun: Around;
  intellimap: IntelliMapFixture;
  intellimapOptions: IntelliMapOptions;
}>({
  intellimapOptions: [{}, { option: true }],
  // Before any context is made: what is made first ends last.
  intellimapRun: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what is asked for
    async ({}, use, info) => {
      const run = await testRun({
        title: info.titlePath.slice(1).join(' '),
        file: info.file,
        cwd: folderOf(info),
        command: ['playwright', 'test', ...info.titlePath],
        pack: `playwright-${process.ppid}`,
      });
      const around: Around = { ...run, server: undefined };
      await use(around);
      if (around.server !== undefined) await sleep(LAST_WORDS_MS);
      await around.server?.stop();
      await run.end(info.status === info.expectedStatus ? 0 : 1);
    },
    { auto: true },
  ],
  intellimap: [
    async ({ intellimapRun: run, context, browser, baseURL, intellimapOptions: options }, use, info) => {
      const { file, runDir } = run;
      const recording = new ScenarioRecording({
        run: file,
        runDir,
        name: info.titlePath.slice(1).join(' › '),
        file: info.titlePath[0],
        agent: `${browser.browserType().name()} ${browser.version()}`,
        watched: watchedIn(options),
      });
      const pages = new WatchedPages(context, recording, () => {});
      try {
        const server = (run.server = await serverOf(options, baseURL, { ...file, runDir }));
        running = { recording, pages };
        const step: Step = (name, act) => recording.step(name, act);
        await use({ step, run: file.id, serverUrl: server?.url });
      } finally {
        running = undefined;
        const hasPassed = info.status === info.expectedStatus;
        await recording.end(resultOf(info), hasPassed ? undefined : errorOf(info));
      }
    },
    { auto: true },
  ],
  // oxlint-disable-next-line no-unused-vars -- who asks for a fixture comes after it
  page: async ({ page, intellimap: _ }, use) => {
    await running?.pages.known(page);
    await use(page);
  },
});

/** Playwright's own steps are those of the recording, too. */
const plainStep = base.step.bind(base);
const recordedStep: Unskipped = async (title, body, options = {}) =>
  await plainStep(
    title,
    (info) =>
      running === undefined ? body(info) : running.recording.step(title, async () => await body(info)),
    { ...options, location: options.location ?? callerOf() },
  );
type Unskipped = <Result>(...given: Parameters<typeof base.step<Result>>) => Promise<Result>;

/** Each test that is made of another one brings plain steps of its own. */
function withSteps<T extends typeof recordedTest>(made: T): T {
  const extend = made.extend.bind(made) as (fixtures: object) => T;
  made.step = Object.assign(recordedStep, { skip: base.step.skip.bind(base.step) });
  made.extend = ((fixtures: object) => withSteps(extend(fixtures))) as T['extend'];
  return made;
}

export const test: typeof recordedTest = withSteps(recordedTest);

/** Where a step stands in the test. */
function callerOf(): { file: string; line: number; column: number } | undefined {
  const [, file, line, column] =
    /\(?((?:file:\/\/)?\/[^():]+):(\d+):(\d+)\)?$/.exec((new Error().stack ?? '').split('\n')[3] ?? '') ?? [];
  return file === undefined
    ? undefined
    : { file: file.replace(/^file:\/\//, ''), line: Number(line), column: Number(column) };
}

const PATIENCE = 60_000;

async function serverOf(
  { server: command, serverUrl, serverTimeout = PATIENCE }: IntelliMapOptions,
  baseURL: string | undefined,
  run: Parameters<typeof recordingEnvironment>[0] & { cwd: string },
): Promise<Server | undefined> {
  if (command === undefined) return undefined;
  const environment = recordingEnvironment(run);
  const url = serverUrl ?? baseURL;
  return await startServer({ command, cwd: run.cwd, environment, url, patience: serverTimeout }).catch(
    (error: unknown) => {
      // Playwright shows the message alone.
      throw error instanceof Fault ? new Error(`${error.message}\n${error.advice ?? ''}`) : error;
    },
  );
}

/** That of the configuration, as Playwright's own servers have it. */
const folderOf = ({ config: { configFile } }: TestInfo): string =>
  configFile === undefined ? process.cwd() : dirname(configFile);

function resultOf({ status, expectedStatus }: TestInfo): 'passed' | 'failed' | 'skipped' {
  if (status === 'skipped') return 'skipped';
  return status === expectedStatus ? 'passed' : 'failed';
}

/** Playwright hands out a copy, whose message begins with the error's name. */
function errorOf({ errors: [error], status }: TestInfo): Error {
  const [, name, message] = /^(\w*Error): ([^]*)$/.exec(error?.message ?? '') ?? [];
  const told = new Error(message ?? error?.message ?? error?.value ?? `the test ${status ?? 'failed'}`);
  if (name !== undefined) told.name = name;
  if (error?.stack !== undefined) told.stack = error.stack;
  return told;
}
