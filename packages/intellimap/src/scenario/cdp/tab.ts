/** A tab of a browser, as DevTools see it: what it ran, how often and for how long, from page to page. I/O: a session with the browser, files of a run. */
import { type Redaction, shownUrl } from '@intellimap/probe/core';
import { machineMicros } from '../../record/run-file.ts';
import { answering } from './answering.ts';
import { HeapSnapshots } from './heap.ts';
import { Measure, type Measured, type MeasureWishes } from './measure.ts';
import type { Cdp } from './protocol.ts';
import { Scripts } from './scripts.ts';
import type { SourceSites } from './source-sites.ts';
import { Told } from './told.ts';
import { writeTab } from './write-tab.ts';

export interface TabWishes extends MeasureWishes {
  runDir: string;
  /** Made when something is written. */
  sites: () => SourceSites;
  /** Name and version of the browser. */
  agent: string;
  heap: boolean;
  redaction: Redaction;
}

interface RequestSent {
  requestId: string;
  loaderId: string;
  frameId?: string;
  type?: string;
  request: { url: string };
}

export class Tab {
  readonly #cdp: Cdp;
  readonly #wishes: TabWishes;
  readonly #scripts: Scripts;
  readonly #measure: Measure;
  readonly #heap: HeapSnapshots;
  readonly #told: Told;
  readonly #began = machineMicros();
  readonly #snapshots: { at: number; bytes: Buffer }[] = [];
  #heapEnded: string | undefined;
  #frame = '';
  #url: string;
  #ending: Promise<void> | undefined;

  private constructor(cdp: Cdp, url: string, wishes: TabWishes) {
    this.#cdp = cdp;
    this.#wishes = wishes;
    this.#url = shownUrl(url, wishes.redaction);
    this.#scripts = new Scripts(cdp);
    this.#measure = new Measure(cdp, wishes);
    this.#heap = new HeapSnapshots(cdp);
    this.#told = new Told(cdp, wishes.redaction, () => this.#frame);
  }

  /** @param url that it shows */
  static async open(session: Cdp, url: string, wishes: TabWishes): Promise<Tab> {
    const cdp = answering(session);
    const tab = new Tab(cdp, url, wishes);
    cdp.on('Network.requestWillBeSent', (sent: RequestSent) => tab.#asked(sent));
    const { frameTree } = (await cdp.send('Page.getFrameTree')) as { frameTree: { frame: { id: string } } };
    tab.#frame = frameTree.frame.id;
    await cdp.send('Inspector.enable');
    await tab.#told.begin();
    await cdp.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
    await cdp.send('Debugger.enable');
    // A `debugger` statement must not hold the page.
    await cdp.send('Debugger.setSkipAllPauses', { skip: true });
    await tab.#measure.begin();
    return tab;
  }

  /** That it shows, as it may be written down. */
  get url(): string {
    return this.#url;
  }

  /** @throws when the page is gone, or crashed */
  async picture(): Promise<Buffer> {
    const { data } = (await this.#cdp.send('Page.captureScreenshot', { format: 'png' })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async snapshot(): Promise<void> {
    if (!this.#wishes.heap || this.#heapEnded !== undefined || this.#ending !== undefined) return;
    const at = machineMicros();
    try {
      this.#snapshots.push({ at, bytes: await this.#heap.take() });
    } catch (error) {
      this.#heapEnded = (error as Error).message.split('\n', 1)[0];
    }
  }

  /** Asks for the last time, and writes all down. The tab may be gone: then what was known before counts. */
  end(): Promise<void> {
    return (this.#ending ??= this.#end());
  }

  /** The page is about to be another one, which may run in another process. */
  #asked({ requestId, loaderId, frameId, type, request }: RequestSent): void {
    if (type !== 'Document' || requestId !== loaderId || frameId !== this.#frame) return;
    this.#url = shownUrl(request.url, this.#wishes.redaction);
    this.#told.look();
    void this.#measure.take(false);
  }

  async #end(): Promise<void> {
    this.#told.look();
    await this.#measure.take(true);
    await this.#scripts.settle();
    const { runDir, sites, agent, cpu, redaction } = this.#wishes;
    const heap: Measured | undefined = this.#wishes.heap
      ? {
          from: this.#began,
          taken: this.#snapshots.map(({ at }) => at),
          ...(this.#snapshots.length > 0 && { until: this.#snapshots.at(-1)!.at }),
          ...(this.#heapEnded !== undefined && { ended: this.#heapEnded }),
        }
      : undefined;
    writeTab(runDir, {
      url: this.#url,
      agent,
      began: this.#began,
      interval: cpu,
      redaction,
      measure: this.#measure,
      snapshots: this.#snapshots.map(({ bytes }) => bytes),
      heap,
      notes: await this.#told.notes(),
      scripts: this.#scripts,
      sites: sites(),
    });
    await this.#cdp.detach().catch(() => {});
  }
}
