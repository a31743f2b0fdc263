/** What is looked at in pages beside the steps of a scenario. */

export interface Watched {
  coverage: boolean;
  /** µs between two CPU samples; undefined: none. */
  cpu: number | undefined;
  heap: boolean;
  /** At the end of each step. */
  pictures: boolean;
}

/** The same as tests and programs ask for it. */
export interface WatchOptions {
  /** V8 counts what pages pass (true), */
  coverage?: boolean;
  /** and takes a sample every so many µs (5000); false: none. */
  cpuProfile?: number | false;
  /** A snapshot of the heap at the beginning and at the end (false). */
  heap?: boolean;
  /** A picture at the end of each step (true). */
  screenshots?: boolean;
}

const INTERVAL = 5000;

export const watchedIn = ({
  coverage = true,
  cpuProfile = INTERVAL,
  heap = false,
  screenshots = true,
}: WatchOptions): Watched => ({
  coverage,
  cpu: cpuProfile === false ? undefined : cpuProfile,
  heap,
  pictures: screenshots,
});
