/** One scenario: a run, its server, a page, and what came of it. I/O: all of that. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { explainFileError, ExitCode, Fault } from '../base/fault.ts';
import type { RunFile } from '../base/recording.ts';
import { createRunFolder, recordingsFolder } from '../record/folder.ts';
import { recordingEnvironment } from '../record/launch.ts';
import { settleHeaps } from '../record/heaps.ts';
import { beginRunFile, endRunFile } from '../record/run-file.ts';
import type { Collector } from '../collect/server.ts';
import { collectFor } from './collector.ts';
import { loadScenario, type Scenario, type ScenarioFile } from './load.ts';
import { toldError } from './marks.ts';
import type { ScenarioOutcome } from './outcome.ts';
import { ScenarioRecording } from './recording.ts';
import { type Server, startServer } from './server.ts';
import type { Step } from './tools.ts';
import { Trouble } from './trouble.ts';
import type { Watched } from './watched.ts';
import { LAST_WORDS_MS, WatchedPages } from './watched-pages.ts';

type Found = 'version' | 'id' | 'node' | 'platform' | 'git' | 'startedAt' | 'startedMicros' | 'recorder';

export interface ScenarioWishes {
  cwd: string;
  /** What the run says of itself. */
  run: Omit<RunFile, Found>;
  ringWords: number | undefined;
  watched: Watched;
  /** For the shell; undefined: it runs already, or there is none. */
  server: string | undefined;
  baseUrl: string | undefined;
  /** ms that the server has until it answers, and that the scenario has. */
  serverMs: number;
  scenarioMs: number;
  stopped: AbortSignal;
}

/** @throws Fault when nothing can be recorded, or somebody stopped it */
export async function runScenario(
  browser: Browser,
  scenario: ScenarioFile,
  wishes: ScenarioWishes,
): Promise<ScenarioOutcome> {
  const began = performance.now();
  const act = await loadScenario(scenario);
  const file = await beginRunFile(wishes.run);
  const runDir = makeFolder(file);
  const agent = `${browser.browserType().name()} ${browser.version()}`;
  const recording = new ScenarioRecording({
    run: file,
    runDir,
    agent,
    watched: wishes.watched,
    ...scenario,
  });
  const outcome: ScenarioOutcome = {
    name: scenario.name,
    file: scenario.file,
    run: file.id,
    result: 'passed',
    ms: 0,
    error: null,
    steps: recording.steps,
    pictures: recording.pictures,
  };
  let server: Server | undefined;
  let collector: Collector | undefined;
  try {
    collector = await collectFor(file, runDir);
    server = await serverOf(file, runDir, wishes);
    await drive(browser, act, recording, { ...wishes, baseUrl: server?.url ?? wishes.baseUrl }, server);
  } catch (error) {
    const { message } = toldError(error);
    const advice = error instanceof Fault && error.advice !== undefined ? `\n${error.advice}` : '';
    Object.assign(outcome, { result: 'failed', error: message + advice });
    // What was not told by the recording, which ends with the page.
    await recording.end('failed', error);
  } finally {
    await server?.stop();
    await collector?.close();
    if (wishes.watched.heap) await settleHeaps(runDir, file.v8?.heap === 'keep');
    endRunFile(runDir, file, { exitCode: outcome.result === 'passed' ? 0 : 1, signal: null });
    outcome.ms = performance.now() - began;
  }
  if (wishes.stopped.aborted) throw new Fault(ExitCode.INTERRUPTED, 'stopped');
  return outcome;
}

function makeFolder(file: RunFile): string {
  try {
    return createRunFolder(file.root, file);
  } catch (error) {
    const where = explainFileError(error as NodeJS.ErrnoException, recordingsFolder(file.root));
    throw new Fault(ExitCode.UNWRITABLE, `cannot write the recording: ${where}`, 'nothing was started');
  }
}

async function serverOf(file: RunFile, runDir: string, wishes: ScenarioWishes): Promise<Server | undefined> {
  const { server: command, cwd, baseUrl, serverMs, ringWords } = wishes;
  if (command === undefined) return undefined;
  const environment = recordingEnvironment({ ...file, runDir, ringWords });
  return await startServer({ command, cwd, environment, url: baseUrl, patience: serverMs });
}

/** Whatever happens first: the scenario ends, its time is up, the page crashes, the server ends, somebody stops it. */
async function drive(
  browser: Browser,
  act: Scenario,
  recording: ScenarioRecording,
  { baseUrl, scenarioMs, stopped }: ScenarioWishes,
  server: Server | undefined,
): Promise<void> {
  const over = new AbortController();
  const context = await browser.newContext(baseUrl === undefined ? {} : { baseURL: baseUrl });
  const trouble = new Trouble(scenarioMs, stopped);
  void server?.ended.then((how) => trouble.fail(`the server ${how}`));
  try {
    const pages = new WatchedPages(context, recording, (why) => trouble.fail(why));
    const page = await context.newPage();
    await pages.known(page);
    await recording.snapshot();
    const step: Step = (name, work) => recording.step(name, () => trouble.race(work()));
    const tools = { page, context, browser, step, baseUrl: baseUrl ?? '', signal: over.signal };
    await trouble.race(act(tools));
    await recording.end('passed');
  } catch (error) {
    await recording.end('failed', error);
    throw error;
  } finally {
    over.abort();
    trouble.close();
    // Pages say their last words when they go.
    await context.close().catch(() => {});
    await sleep(LAST_WORDS_MS);
  }
}
