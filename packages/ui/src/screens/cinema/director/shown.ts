/** What the cinema knows: answers as they come, and what a person has folded or marked. Panels read it; canvases subscribe to it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type {
  ExecutionFrame,
  Overview,
  Step,
  TaskLanes,
  TimeWindow,
} from '../../../../../intellimap/src/serve/contract.ts';
import type { NoAnswer } from '../../../api/ask.ts';
import type { Bars } from '../lanes/bars.ts';
import type { TrackRows } from '../tracks/track-bars.ts';
import type { Pin } from '../../../state/pins.ts';
import type { Stretch } from '../time/stretch.ts';

/** A pinned question with what it was answered. */
export interface Track extends Pin {
  /** null: not answered (yet). */
  rows: TrackRows | null;
  /** There are more rows than were asked for. */
  more: boolean;
  /** Why there is no answer; null: there is one, or it is on its way. */
  error: string | null;
}

export interface Shown {
  overview: Overview | null;
  /** All of the run, µs; null: not known yet. */
  whole: Stretch | null;
  window: TimeWindow | null;
  /** Bars of `window`, as they came. */
  bars: Bars | null;
  tasks: TaskLanes | null;
  frame: ExecutionFrame | null;
  /** In the order in which they were pinned. */
  tracks: readonly Track[];
  /** Where the last step led: what of it is told aloud, and which line it is. */
  step: Step | null;
  /** Why nothing new comes; null: all is well. */
  failure: NoAnswer | null;
  /** Something is on its way for longer than one notices. */
  isBusy: boolean;
  /** Seconds of the run for a second, negative backwards; 0: it stands. */
  playing: number;
  /** Of what is played: only calls of these functions (`ast_node_id`); null: everything. */
  chain: readonly string[] | null;
  /** Keys of lanes: folded to the first depth, or shown with all of them. */
  folded: ReadonlySet<string>;
  unfolded: ReadonlySet<string>;
  /** Said to those who do not see the drawing. */
  said: string;
}

export type ShownStore = StoreApi<Shown>;

export const createShown = (): ShownStore =>
  createStore<Shown>(() => ({
    overview: null,
    whole: null,
    window: null,
    bars: null,
    tasks: null,
    frame: null,
    tracks: [],
    step: null,
    failure: null,
    isBusy: false,
    playing: 0,
    chain: null,
    folded: new Set(),
    unfolded: new Set(),
    said: '',
  }));

export const useShown = <T>(shown: ShownStore, pick: (shown: Shown) => T): T => useStore(shown, pick);
