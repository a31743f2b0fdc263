/** Asks the pinned questions, of the run that is looked at; what one of them is answered is kept until its SQL or the run changes. */
import { NoAnswer, send } from '../../../api/ask.ts';
import { NO_TIME, type Pin, pinsOf, timeColumns } from '../../../state/pins.ts';
import { selection } from '../../../state/selection.ts';
import type { Track, ShownStore } from '../director/shown.ts';

/** Rows of a track: more bars than a lane has pixels show nothing more. */
export const TRACK_ROWS = 5000;

export class Tracks {
  readonly #shown: ShownStore;
  #stop = new AbortController();
  #run: string | null = null;

  constructor(shown: ShownStore) {
    this.#shown = shown;
  }

  /** Listens until what it gives is called. */
  start(): () => void {
    const end = selection.subscribe((now, before) => {
      if (now.run !== before.run || pinsOf(now) !== pinsOf(before)) this.#follow();
    });
    this.#stop = new AbortController();
    this.#run = selection.getState().run;
    this.#shown.setState({ tracks: [] });
    this.#follow();
    return () => {
      end();
      this.#stop.abort();
    };
  }

  #follow(): void {
    const { run } = selection.getState();
    const isOther = run !== this.#run;
    if (isOther) {
      this.#stop.abort();
      this.#stop = new AbortController();
      this.#run = run;
    }
    const there = this.#shown.getState().tracks;
    const pins = pinsOf(selection.getState());
    if (pins.length === 0 && there.length === 0) return;
    const next = pins.map((pin): Track => {
      const known = isOther ? undefined : there.find(({ sql }) => sql === pin.sql);
      return known === undefined ? { ...pin, rows: null, more: false, error: null } : { ...known, ...pin };
    });
    this.#shown.setState({ tracks: next });
    for (const track of next)
      if (isOther || !there.some(({ sql }) => sql === track.sql)) void this.#ask(track, run);
  }

  async #ask(pin: Pin, run: string | null): Promise<void> {
    const { signal } = this.#stop;
    const change = await answer(pin, run, signal);
    // A question that was taken away, or asked of another run, is nobody's any more.
    if (signal.aborted) return;
    this.#shown.setState(({ tracks }) => ({
      tracks: tracks.map((each) => (each.sql === pin.sql ? { ...each, ...change } : each)),
    }));
  }
}

async function answer({ sql }: Pin, run: string | null, signal: AbortSignal): Promise<Partial<Track>> {
  try {
    const rows = await send('sql', { sql, limit: TRACK_ROWS, ...(run !== null && { run }) }, signal);
    return timeColumns(rows.columns) === null ? { error: NO_TIME } : { rows, more: rows.more, error: null };
  } catch (error) {
    return { error: error instanceof NoAnswer ? error.message : String(error) };
  }
}
