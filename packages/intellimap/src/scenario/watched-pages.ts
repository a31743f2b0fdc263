/** All pages of a context of Playwright's, those that pages open included. I/O: sessions with the browser. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Cdp } from './cdp/protocol.ts';
import type { Tab } from './cdp/tab.ts';
import type { ScenarioRecording } from './recording.ts';

/** ms in which the last words of pages arrive, once they are closed. */
export const LAST_WORDS_MS = 300;

export class WatchedPages {
  readonly #context: BrowserContext;
  readonly #recording: ScenarioRecording;
  readonly #crashed: (why: string) => void;
  readonly #tabs = new Map<Page, Promise<Tab | undefined>>();

  constructor(context: BrowserContext, recording: ScenarioRecording, crashed: (why: string) => void) {
    this.#context = context;
    this.#recording = recording;
    this.#crashed = crashed;
    for (const page of context.pages()) this.#watch(page);
    context.on('page', (page) => this.#watch(page));
  }

  /** It is watched now, or cannot be. */
  async known(page: Page): Promise<void> {
    await this.#tabs.get(page);
  }

  #watch(page: Page): void {
    if (this.#tabs.has(page)) return;
    this.#tabs.set(page, this.#open(page));
    page.on('crash', () => this.#crashed(`the page crashed: ${page.url()}`));
  }

  async #open(page: Page): Promise<Tab | undefined> {
    try {
      const cdp = (await this.#context.newCDPSession(page)) as unknown as Cdp;
      const tab = await this.#recording.watch(cdp, page.url());
      askBeforeClosing(page, tab);
      return tab;
    } catch {
      // It was closed at once, or the browser is none that speaks the protocol.
      return undefined;
    }
  }
}

/** What V8 knows of a page goes with it. */
export function askBeforeClosing(page: { close: (...args: never[]) => Promise<void> }, tab: Tab): void {
  const close = page.close.bind(page);
  page.close = async (...args) => {
    await tab.end();
    await close(...args);
  };
}
