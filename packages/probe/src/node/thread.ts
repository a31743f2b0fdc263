/** One thread's side of the recording: its ring, the way to the drain worker, waiting for it and flushing. */
import fs from 'node:fs';
import workerThreads, { type MessagePort, type Worker } from 'node:worker_threads';
import { createTally, redactArguments, redactNote, type Redaction, type Stalls } from '../core/index.ts';
import { Bell, type ProbeShared } from '../wire/registry.ts';
import { Control, Reader, type Ring } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';
import { VERSION } from '../wire/words.ts';
import { micros, microsLow, millis } from './clock.ts';
import { tid, type ThreadIds } from './thread-ids.ts';
import type { Message, RingAnnouncement } from './messages.ts';

// Taken now: named imports of built-ins change when somebody, we among them, patches the module, and globals can be deleted.
const { BroadcastChannel, MessageChannel, Worker: NativeWorker, isMainThread } = workerThreads;
const { add, load, notify, store, wait } = Atomics;
const { existsSync } = fs;

const TASKS = '/proc/self/task';

/** A drain that makes no progress for so long is given up for the moment: words are dropped and counted. */
const STALL_MS = 2000;
/** The drain needs about 40 ms to start; on a busy machine much longer. */
const BOOT_MS = 10_000;
/** A reader that is late is waited for so long, once: it may hang on a slow disk. */
const LATE_MS = 250;
/** Between two looks whether it has read a note; nobody tells. */
const HEARD_MS = 2;
/** Between two notes that say what was redacted; a thread that ends says it once more. */
const TALLY_MS = 1000;
/** Between two looks whether the drain still lives. */
const SLICE_MS = 50;

export class RecordedThread {
  readonly ring: Ring;
  readonly shared: ProbeShared;
  /** Who writes down that it waited. */
  stalls: Stalls | undefined;
  disabled: string | undefined;
  #started = false;
  readonly #bell: Int32Array;
  readonly #ids: ThreadIds;
  readonly #startMicros = micros();
  readonly #startEpochMs = Date.now();
  /** Main thread only: the drain, and a port that keeps messages until it listens. */
  #drain: Worker | undefined;
  #toDrain: MessagePort | undefined;
  #drainEnd: MessagePort | undefined;
  /** Heartbeat at which patience ended. */
  #givenUpAt: number | undefined;
  /** Heartbeat at which the drain, being late, was waited for in vain. */
  #lateSince: number | undefined;

  readonly #redaction: Redaction;
  /** Says what was redacted, if that was more than the last time. */
  readonly #tally: () => void;
  #tallied = -Infinity;

  constructor(shared: ProbeShared, ring: Ring, ids: ThreadIds, redaction: Redaction) {
    this.shared = shared;
    this.#redaction = redaction;
    this.#tally = createTally(redaction, (note) => this.#send({ t: 'note', tid, note }));
    this.ring = ring;
    this.#ids = ids;
    this.#bell = new Int32Array(shared.bell);
  }

  /** The drain reads this thread's ring from here on. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    try {
      if (isMainThread) this.startDrain();
      store(this.ring.control, Control.READER, Reader.READS);
      this.#send(this.#announcement());
    } catch (error) {
      this.#fail(String(error));
    }
  }

  /** Somebody reads this thread's ring, as far as is known. */
  get isStarted(): boolean {
    return this.#started && this.disabled === undefined;
  }

  isDrain(worker: unknown): boolean {
    return worker !== undefined && worker === this.#drain;
  }

  /** Main thread: starts the process's drain unless it runs. */
  startDrain(): void {
    if (this.#drain !== undefined || !isMainThread || this.disabled !== undefined) return;
    const port = this.#port();
    const transferList = [this.#drainEnd!];
    // As this file is: source, built, or bundled.
    const url = new URL(import.meta.url.replace(/[^/]+(\.\w+)$/, 'drain$1'));
    try {
      this.#drain = this.#ids.making(
        () =>
          new NativeWorker(url, {
            name: 'intellimap-drain',
            env: {},
            execArgv: [],
            argv: [],
            // Kept apart: a worker's output is otherwise piped into the program's streams, which opens them.
            stdout: true,
            stderr: true,
            workerData: { shared: this.shared, port: this.#drainEnd },
            transferList,
          }),
      );
    } catch (error) {
      this.#fail(String(error));
      return;
    }
    port.unref();
    this.#drain.unref();
    this.#drain.on('error', (error) => this.#fail(String(error)));
    this.#drain.on('exit', () => this.#fail(this.disabled ?? 'the drain worker ended'));
  }

  /** Whatever it says is shown as it may be. */
  note(note: Note): void {
    this.#send({ t: 'note', tid, note: redactNote(note, this.#redaction) });
    this.tallyAtTimes();
  }

  /** Says what was redacted, once a while. */
  tallyAtTimes(): void {
    const now = millis();
    if (now - this.#tallied < TALLY_MS) return;
    this.#tallied = now;
    this.#tally();
  }

  /** What was redacted since the last note said so. */
  tally(): void {
    if (this.#started) this.#tally();
  }

  gone(tid: number): void {
    this.#send({ t: 'gone', tid });
  }

  /** The drain is up, was never asked for, or is being made: under `node --watch`, Node sends a message out of the making of a worker. */
  get isRead(): boolean {
    const isMade = !isMainThread || this.#drain !== undefined;
    return !this.#started || !isMade || load(this.#bell, Bell.READY) === 1;
  }

  /** What was told so far is to be written at once, if somebody can: this process may be about to be killed. Does not wait. */
  hurry(): void {
    if (!this.#started) return;
    add(this.#bell, Bell.HURRIES, 1);
    this.#ringBell();
  }

  /** Somebody wants to know how tasks end. */
  get wantsEnds(): boolean {
    return load(this.#bell, Bell.ENDS) === 1;
  }

  /** Somebody reads rings, as far as is known. */
  get hasReader(): boolean {
    return this.disabled === undefined && load(this.#bell, Bell.DEAD) === 0;
  }

  /** What is recorded from now on comes after the end. */
  get isClosed(): boolean {
    return load(this.ring.control, Control.CLOSED) === 1;
  }

  /** True when CONSUMED reached `consumed`. */
  waitForSpace(consumed: number): boolean {
    const { control } = this.ring;
    if (!this.#started) this.start();
    if (this.shared.policy === 'drop') return load(control, Control.CONSUMED) >= consumed;
    return this.#stall(() => this.#await(Control.CONSUMED, consumed));
  }

  /** True when the drain has taken the values up to this byte. */
  waitForValues(position: number): boolean {
    if (!this.#started) this.start();
    if (this.shared.policy !== 'wait' || this.#hasGivenUp) return false;
    return this.#stall(() => this.#await(Control.VALUES_READ, position));
  }

  /** The drain is late: lets it write, unless it has just been waited for. */
  waitForReader(): void {
    if (!this.#started || this.shared.policy === 'drop') return;
    const heartbeat = load(this.#bell, Bell.HEARTBEAT);
    if (heartbeat === this.#lateSince || this.#isFlushed(LATE_MS)) return;
    this.#lateSince = heartbeat;
  }

  /** True when all words so far are on disk. */
  flush(): boolean {
    return !this.#started || this.#isFlushed();
  }

  /** Waits until the drain has acted upon notes. A thread that was recorded has `flush` for it, others have no ring to ask by. */
  heard(): void {
    if (this.#started || this.#drain === undefined) return;
    const bell = this.#bell;
    const began = millis();
    // The first may be under way.
    for (let beats = 0, last = load(bell, Bell.HEARTBEAT); beats < 2 && millis() - began < STALL_MS;) {
      if (load(bell, Bell.DEAD) !== 0) return;
      this.#ringBell();
      wait(bell, Bell.HEARTBEAT, last, HEARD_MS);
      const now = load(bell, Bell.HEARTBEAT);
      beats += now - last;
      last = now;
    }
  }

  close(): void {
    store(this.ring.control, Control.CLOSED, 1);
  }

  #isFlushed(patienceMs?: number): boolean {
    const { control } = this.ring;
    return this.#stall(() => this.#await(Control.FLUSHED, add(control, Control.FLUSH, 1) + 1, patienceMs));
  }

  /** Does what may wait for the drain, and counts for how long: none of it is the program's time. Behind the end nothing is told. */
  #stall(wait: () => boolean): boolean {
    const { control } = this.ring;
    const stalls = this.isClosed ? undefined : this.stalls;
    stalls?.begin();
    const began = microsLow();
    // Who looks meanwhile sees where the thread was then.
    store(control, Control.STALLING, began | 1);
    const isDone = wait();
    const ended = microsLow();
    store(control, Control.STALLING, 0);
    control[Control.STALLED] += (ended - began) | 0;
    control[Control.STALLED_UNTIL] = ended;
    stalls?.end();
    return isDone;
  }

  get #hasGivenUp(): boolean {
    return this.#givenUpAt === load(this.#bell, Bell.HEARTBEAT);
  }

  /**
   * Waits until a control field that the drain raises reaches `value`. Its every step is progress. A drain that stalls is not waited for
   * again before its next heartbeat, unless the patience was a short one.
   */
  #await(field: number, value: number, patienceMs?: number): boolean {
    const { control } = this.ring;
    const bell = this.#bell;
    let seen = load(control, field);
    if (seen >= value) return true;
    if (this.#hasGivenUp) return false;
    let since = millis();
    for (;;) {
      if (load(bell, Bell.DEAD) !== 0) return false;
      this.#ringBell();
      wait(control, field, seen, SLICE_MS);
      const now = load(control, field);
      if (now >= value) return true;
      if (now !== seen) since = millis();
      else if (this.#isGone()) this.#fail('the drain worker ended');
      seen = now;
      if (millis() - since < (patienceMs ?? (load(bell, Bell.READY) === 0 ? BOOT_MS : STALL_MS))) continue;
      if (patienceMs === undefined) this.#givenUpAt = load(bell, Bell.HEARTBEAT);
      return false;
    }
  }

  /** Its thread has ended, which the event loop would tell, had it a turn. Where the folder is hidden (a program may fake its files), nothing is known. */
  #isGone(): boolean {
    const id = load(this.#bell, Bell.NATIVE);
    return id !== 0 && !existsSync(`${TASKS}/${id}`) && existsSync(TASKS);
  }

  #ringBell(): void {
    add(this.#bell, Bell.RING, 1);
    notify(this.#bell, Bell.RING);
    if (load(this.#bell, Bell.RESTS) === 1) this.#send({ t: 'wake' });
  }

  #port(): MessagePort {
    if (this.#toDrain === undefined) {
      const { port1, port2 } = new MessageChannel();
      port1.unref();
      this.#toDrain = port1;
      this.#drainEnd = port2;
    }
    return this.#toDrain;
  }

  #send(message: Message): void {
    if (this.disabled !== undefined) return;
    try {
      if (isMainThread) this.#port().postMessage(message);
      else this.#broadcast(message);
    } catch {
      // A note that cannot be told is a note less.
    }
  }

  /** Opened and closed at once: an open channel would collect what other threads say. */
  #broadcast(message: Message): void {
    const bell = this.#bell;
    if (load(bell, Bell.READY) === 0) wait(bell, Bell.READY, 0, BOOT_MS);
    const channel = new BroadcastChannel(this.shared.channel);
    channel.unref();
    channel.postMessage(message);
    channel.close();
  }

  #fail(reason: string): void {
    this.disabled = reason;
    store(this.#bell, Bell.DEAD, 1);
    notify(this.#bell, Bell.READY);
  }

  #announcement(): RingAnnouncement {
    const header = {
      version: VERSION,
      pid: process.pid,
      ppid: process.ppid,
      tid,
      name: this.#redaction.shown(threadName(), 'name'),
      argv: redactArguments(process.argv, this.#redaction),
      execPath: process.execPath,
      node: process.version,
      tier: this.shared.tier,
      startMicros: this.#startMicros,
      startEpochMs: this.#startEpochMs,
    };
    return { t: 'ring', tid, header, ...this.ring };
  }
}

/** What a person knows it by. */
export function threadName(): string {
  if (isMainThread) return 'main';
  // Since Node 22.20 and 24.6.
  const given = (workerThreads as { threadName?: string }).threadName;
  return given ? `worker ${given}` : 'worker';
}
