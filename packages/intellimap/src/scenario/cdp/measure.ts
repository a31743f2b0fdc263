/**
 * What V8 measures of a tab: coverage and CPU samples, taken before the tab leaves a page, as another one may run in another process, and at the end.
 * Where something fails, the measurement ends, never the scenario; `ended` says why.
 */
import { machineMicros } from '../../record/run-file.ts';
import { ClockPair } from './clock.ts';
import type { Cdp, Profile, ScriptCoverage } from './protocol.ts';

export interface MeasureWishes {
  coverage: boolean;
  /** µs between two CPU samples. */
  cpu: number | undefined;
}

/** As `thread.json` of a recording says it; µs of the machine's clock. */
export interface Measured {
  from: number;
  until?: number;
  ended?: string;
  taken?: number[];
}

export class Measure {
  readonly coverage: ScriptCoverage[][] = [];
  readonly profiles: Profile[] = [];
  readonly told: { cpu?: Measured; coverage?: Measured } = {};
  readonly clock = new ClockPair();
  readonly #cdp: Cdp;
  readonly #wishes: MeasureWishes;
  #started: [number, number] | undefined;
  /** Takes follow each other. */
  #busy: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(cdp: Cdp, wishes: MeasureWishes) {
    this.#cdp = cdp;
    this.#wishes = wishes;
  }

  async begin(): Promise<void> {
    const { coverage, cpu } = this.#wishes;
    if (!coverage && cpu === undefined) return;
    await this.#cdp.send('Profiler.enable');
    if (coverage) {
      this.told.coverage = { from: machineMicros() };
      await this.#try('coverage', () =>
        this.#cdp.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true }),
      );
    }
    if (cpu === undefined) return;
    this.told.cpu = { from: machineMicros() };
    await this.#try('cpu', () => this.#cdp.send('Profiler.setSamplingInterval', { interval: cpu }));
    await this.#startProfile();
  }

  /** @param isLast nothing comes after it */
  take(isLast: boolean): Promise<void> {
    if (this.#isOver) return this.#busy;
    this.#isOver = isLast;
    return (this.#busy = this.#busy.then(async () => {
      await this.#takeCoverage();
      await this.#takeProfile(isLast);
    }));
  }

  async #takeCoverage(): Promise<void> {
    await this.#try('coverage', async () => {
      const { result } = (await this.#cdp.send('Profiler.takePreciseCoverage')) as {
        result: ScriptCoverage[];
      };
      this.coverage.push(result);
      this.told.coverage!.until = machineMicros();
    });
  }

  async #takeProfile(isLast: boolean): Promise<void> {
    await this.#try('cpu', async () => {
      const before = machineMicros();
      const { profile } = (await this.#cdp.send('Profiler.stop')) as { profile: Profile };
      const after = machineMicros();
      this.clock.told(profile.endTime, before, after);
      if (this.#started !== undefined) this.clock.told(profile.startTime, ...this.#started);
      this.profiles.push(profile);
      this.told.cpu!.until = after;
      if (!isLast) await this.#startProfile();
    });
  }

  async #startProfile(): Promise<void> {
    await this.#try('cpu', async () => {
      const before = machineMicros();
      await this.#cdp.send('Profiler.start');
      this.#started = [before, machineMicros()];
    });
  }

  async #try(what: 'cpu' | 'coverage', act: () => Promise<unknown>): Promise<void> {
    const measured = this.told[what];
    if (measured === undefined || measured.ended !== undefined) return;
    try {
      await act();
    } catch (error) {
      measured.ended = (error as Error).message.split('\n', 1)[0].slice(0, 200);
    }
  }
}
