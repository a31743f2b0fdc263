/** What a scenario is given. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Does something under a name: a task of the run, from its beginning to its end. */
export type Step = <Result>(name: string, act: () => Result | Promise<Result>) => Promise<Result>;

export interface ScenarioTools {
  /** A page of a fresh context; `page.goto('/cart')` is relative to the server's address. */
  page: Page;
  context: BrowserContext;
  browser: Browser;
  step: Step;
  /** Where the server answers; an empty text where nobody said. */
  baseUrl: string;
  /** The scenario is over: its time is up, or somebody stopped it. */
  signal: AbortSignal;
}
