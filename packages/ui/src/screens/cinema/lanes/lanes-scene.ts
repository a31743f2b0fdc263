/** Lanes on a stage: what is drawn where, and what hands do. Bypasses React; the element that it lives in is React's. */
import type { Frame, StageOptions, Stage } from '../../../scene/stage.ts';
import type { Steering } from '../../../scene/steer.ts';
import { selection } from '../../../state/selection.ts';
import { moment } from '../../../text/format.ts';
import { callOf } from '../director/call.ts';
import type { Director } from '../director/director.ts';
import { bookmarksOf, type Moves } from '../director/moves.ts';
import type { Shown } from '../director/shown.ts';
import type { Player } from '../play/player.ts';
import { Playhead } from '../time/playhead.ts';
import type { Bars } from './bars.ts';
import { LanesHands, type Touched } from './hands.ts';
import { type DepthsSeen, layoutOf, type LanesLayout } from './layout.ts';
import { levelled } from './levels.ts';
import { type BarRef, paintOverlay } from './overlay.ts';
import { paintBars, type Picture, RULER, TITLES } from './paint.ts';
import { lanesPalette } from './palette.ts';
import { barsInView, type Drawn, messagesIn, selectedIn, threadIn } from './refs.ts';
import { barsOfTracks, type TrackBars } from '../tracks/track-bars.ts';
import { depthsOf, taskBars } from './tasks.ts';
import { paintFrame } from './titles.ts';

const NOTHING = { width: 0, height: 0 };

export class LanesScene implements Touched {
  readonly #director: Director;
  readonly #hands: LanesHands;
  readonly #player: Player;
  /** null: until it was made, and when it is gone. */
  readonly stage: () => Stage | null;
  readonly #seen: DepthsSeen = new Map();
  #layout: LanesLayout = { places: [], height: 0 };
  #bars: Bars | null = null;
  #tasks: Bars | null = null;
  #tracks: TrackBars | null = null;
  #scroll = 0;
  #playhead: Playhead | null = null;
  readonly options: StageOptions;

  constructor(
    stage: () => Stage | null,
    { director, moves, player }: { director: Director; moves: Moves; player: Player },
  ) {
    this.stage = stage;
    this.#director = director;
    this.#player = player;
    this.#hands = new LanesHands(this, { director, moves, player });
    this.options = {
      view: { x: 0, y: 0, kx: 1, ky: 1 },
      layers: [
        {
          name: 'bars',
          isHeavy: true,
          paint: (context, frame) => paintBars(context, this.#picture(frame)),
        },
        {
          name: 'frame',
          paint: (context, frame) => paintFrame(context, this.#picture(frame)),
        },
        {
          name: 'overlay',
          paint: (context, frame) => paintOverlay(context, this.#picture(frame), this.#overlay()),
        },
      ],
      onView: () => this.#movePlayhead(),
      onResize: ({ width }) => {
        this.#director.measured(width - TITLES);
        this.follow(false);
      },
    };
  }

  /** Listens until what it gives is called. @param host element of the stage */
  start(host: HTMLElement): () => void {
    this.#playhead = new Playhead(host, { label: true });
    this.#arrange();
    this.follow(false);
    const ends = [
      selection.subscribe((now, before) => {
        if (now.level !== before.level || (now.level === 'line' && now.call !== before.call)) this.#arrange();
        if (now.call !== before.call) this.#reveal(callOf(now.call)?.thread ?? null);
        if (now.window !== before.window) this.follow(this.#isJump(before.window));
        if (now.t !== before.t) this.#movePlayhead();
        // A scrub moves the playhead, and paints nothing.
        if (now.options !== before.options) this.repaint(['frame', 'overlay']);
        else if (now.call !== before.call) this.repaint(['overlay']);
      }),
      this.#director.shown.subscribe((now, before) => this.#changed(now, before)),
    ];
    this.#movePlayhead();
    return () => {
      ends.forEach((end) => end());
      this.#playhead?.remove();
      this.#playhead = null;
    };
  }

  /** The camera goes where the selection says. */
  follow(glide: boolean): void {
    const stage = this.stage();
    if (stage === null || stage.size.width === 0) return;
    const {
      view: [from, to],
    } = this.#director;
    const kx = Math.max(1, stage.size.width - TITLES) / (to - from);
    stage.look({ x: from - TITLES / kx, y: this.#scroll - RULER, kx, ky: 1 }, { glide });
  }

  /** Scrolls by so many px. */
  scroll(dy: number): void {
    const most = Math.max(0, this.#layout.height - ((this.stage()?.size ?? NOTHING).height - RULER));
    const next = Math.max(0, Math.min(most, this.#scroll + dy));
    if (next === this.#scroll) return;
    this.#scroll = next;
    this.follow(false);
  }

  /** Scrolls as little as brings the lane of a thread into view, where no lane of it is. */
  #reveal(thread: number | null): void {
    const own = this.#layout.places.filter(
      (place) => place.kind !== 'process' && place.kind !== 'track' && threadIn(place) === thread,
    );
    const height = (this.stage()?.size ?? NOTHING).height - RULER;
    const isSeen = own.some(
      ({ top, height: own }) => top + own / 2 > this.#scroll && top + own / 2 < this.#scroll + height,
    );
    const [first] = own;
    if (first === undefined || isSeen) return;
    this.scroll(
      first.top < this.#scroll ? first.top - this.#scroll : first.top + first.height - height - this.#scroll,
    );
  }

  /** The first thread in view that runs one of these functions. */
  #threadOf(chain: readonly string[] | null): number | null {
    const wanted = new Set(chain);
    for (const { bars, n, place } of wanted.size === 0 ? [] : this.inView())
      if (place.kind === 'thread' && wanted.has(bars.functions[bars.fn[n]].id)) return place.thread.thread;
    return null;
  }

  /** Bars that are in view; for tables and those who do not see them. */
  inView(): Iterable<BarRef> {
    return barsInView(this.drawn, this.#director.view);
  }

  get steering(): Steering {
    return this.#hands.steering;
  }

  /** px of lanes above those in view. */
  get scrolled(): number {
    return this.#scroll;
  }

  get drawn(): Drawn {
    return { layout: this.#layout, bars: this.#bars, tasks: this.#tasks, tracks: this.#tracks };
  }

  #changed(now: Shown, before: Shown): void {
    if (
      now.bars !== before.bars ||
      now.tasks !== before.tasks ||
      now.tracks !== before.tracks ||
      now.folded !== before.folded ||
      now.unfolded !== before.unfolded
    )
      this.#arrange();
    if (now.whole !== before.whole) this.follow(false);
    if (now.chain !== before.chain) {
      this.repaint();
      this.#reveal(this.#threadOf(now.chain));
    } else if (now.playing !== before.playing) this.repaint(['overlay']);
  }

  #arrange(): void {
    const { window, bars, tasks, tracks, folded, unfolded } = this.#director.shown.getState();
    const { level, call } = selection.getState();
    this.#bars = bars === null ? null : levelled(bars, level);
    this.#tasks = tasks === null ? null : taskBars(tasks);
    this.#tracks = tracks.length === 0 ? null : barsOfTracks(tracks);
    const pinned = this.#tracks === null ? [] : depthsOf(this.#tracks, tracks.length);
    const depths = tasks === null ? [] : depthsOf(this.#tasks!, tasks.head.tasks.length);
    const own = this.#bars === null ? [] : depthsOf(this.#bars, window?.head.lanes.length ?? 0);
    this.#layout = layoutOf(
      {
        threads: (window?.head.lanes ?? []).map((lane, n) => ({ ...lane, depths: own[n] })),
        tasks: (tasks?.head.tasks ?? []).map((task, n) => ({ task, depths: depths[n] })),
        tracks: tracks.map(({ name }, n) => ({ name, depths: pinned[n] })),
        level,
        folded,
        whole: unfolded,
        only: callOf(call)?.thread ?? null,
      },
      level === 'function' || level === 'line' ? this.#seen : new Map(),
    );
    // There may be less to scroll in than there was.
    this.scroll(0);
    this.repaint();
  }

  /** All, where none is named. */
  repaint(layers: string[] = []): void {
    this.stage()?.repaint(...layers);
  }

  #picture({ width, height, view: { x, y, kx } }: Frame): Picture {
    const { chain, frame } = this.#director.shown.getState();
    const from = x + TITLES / kx;
    return {
      layout: this.#layout,
      bars: this.#bars,
      tasks: this.#tasks,
      tracks: this.#tracks,
      view: [from, from + Math.max(1, width - TITLES) / kx],
      width,
      height,
      scroll: y + RULER,
      colours: lanesPalette(),
      chain: chain === null ? null : new Set(chain),
      next: new Map(
        (frame?.threads ?? []).flatMap(({ thread, next }) => (next === null ? [] : [[thread, next]])),
      ),
      chosen: selection.getState().options['task'] ?? null,
    };
  }

  #movePlayhead(): void {
    const stage = this.stage();
    if (stage === null) return;
    const { t } = this.#director;
    const { width } = stage.size;
    const x = (t - stage.shown.x) * stage.shown.kx;
    this.#playhead?.move(x >= TITLES - 1 && x <= width ? x : null, moment(t), [TITLES, width]);
  }

  #overlay() {
    const { overview, tasks } = this.#director.shown.getState();
    return {
      hover: this.#hands.hover,
      selected: selectedIn(this.drawn, callOf(selection.getState().call)),
      messages: messagesIn(this.drawn, tasks, selection.getState().options['task']),
      bookmarks: bookmarksOf(selection.getState().options),
      errors: (overview?.head.marks ?? [])
        .filter(({ kind }) => kind !== 'pause' && kind !== 'vital' && kind !== 'event')
        .map(({ at }) => at),
      passed: this.#player.passed(),
    };
  }

  /** What a hand moves, the camera follows; what jumps, it glides to. */
  #isJump(before: readonly [number, number] | null): boolean {
    const [from, to] = before ?? this.#director.whole;
    const [nowFrom, nowTo] = this.#director.view;
    const length = Math.max(to - from, nowTo - nowFrom);
    return Math.abs(from - nowFrom) + Math.abs(to - nowTo) > length * 0.5;
  }
}
