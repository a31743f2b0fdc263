/**
 * The drain worker: one a process, reads the rings of all its threads and writes their segments. It prints nothing,
 * keeps no process alive, and goes on consuming (and counting loss) when the disk does not take its writes.
 */
import fs from 'node:fs';
import path from 'node:path';
import { BroadcastChannel, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import type { EndedTask } from '../core/task-traces.ts';
import { Bell, type ProbeShared } from '../wire/registry.ts';
import { APART_MICROS, FAR_APART_MICROS } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';
import { micros } from './clock.ts';
import { RingConsumer } from './consume.ts';
import { serveControl } from './control-server.ts';
import { EndedFlights, type FlightSink } from './ended-flights.ts';
import { FlightSegments } from './flight.ts';
import { HeldFiles, limitHeld } from './held-files.ts';
import type { Message, RingAnnouncement } from './messages.ts';
import { SegmentFiles } from './segment-file.ts';
import { Steering } from './steering.ts';
import { watchAsked } from './v8-asked.ts';

/** Time between looks while threads write much, and otherwise. */
const BUSY_MS = 1;
const IDLE_MS = 5;
const IDLE_AFTER_MICROS = 250_000;
/**
 * Where a budget makes looks rarer: a wake-up costs some 500 µs, as nothing is at hand any more, and the program's thread about as much. What was not looked at is lost when the process is
 * killed.
 */
const MAX_SLEEP_MS = 500;
/** Where tasks are decided about, or V8 measures: who is about to end this process says so in a file, and waits. */
const MAX_WATCH_MS = 80;
/** Who sleeps for longer does so in its event loop: an emergency stop shall be heard within 100 ms. */
const MAX_DEAF_MS = 20;
/** Between two looks at what comes in through the control socket; it opens when the drain has been up for so long. */
const CONTROL_MICROS = 20_000;
/** What processes held that have ended may be as much as so many flight recorders. */
const HELD_FLIGHTS = 16;
/** A closed ring is kept a little: a program may emit 'exit' itself and go on. */
const KEEP_CLOSED_MICROS = 1_000_000;

const { shared, port } = workerData as { shared: ProbeShared; port: MessagePort };
const channel = new BroadcastChannel(shared.channel);
const ofWorkers = channel as unknown as MessagePort;
const sources = [port, ofWorkers];
const bell = new Int32Array(shared.bell);
const siteCounter = new Int32Array(shared.siteCounter);
const steering = new Steering(shared, {
  keep: keepAll,
  left: () => endedFlights.bytes,
  wantEnds: (wanted) => Atomics.store(bell, Bell.ENDS, wanted ? 1 : 0),
});
const rings = new Map<number, { consumer: RingConsumer; flight: FlightSink | undefined; closedAt: number }>();
const endedFlights = new EndedFlights(shared.flightBytes);

function adopt({ tid, header, ...ring }: RingAnnouncement): void {
  const thread = `${header.pid}-${tid}`;
  const folder = path.join(shared.runDir, 'threads', thread);
  const flight = flightOf(thread, folder, header);
  const files = flight ?? new SegmentFiles(folder, header);
  // The header alone says that the thread lived.
  files.ready();
  const consumer = new RingConsumer(ring, files, header.startMicros);
  rings.set(tid, { consumer, flight, closedAt: Infinity });
  steering.adopt(tid, consumer);
}

function flightOf(
  thread: string,
  folder: string,
  header: RingAnnouncement['header'],
): FlightSink | undefined {
  const { runDir, flightBytes } = shared;
  if (!(flightBytes > 0)) return undefined;
  return shared.isChild
    ? new HeldFiles(runDir, thread, header, flightBytes)
    : new FlightSegments(folder, header, flightBytes);
}

function receive(): void {
  for (const source of sources) receiveFrom(source);
}

function receiveFrom(source: MessagePort): void {
  for (;;) {
    const received = receiveMessageOnPort(source);
    if (received === undefined) break;
    handle(received.message as Message);
  }
}

function note(tid: number, told: Note): void {
  if (told.t === 'keep') return keepAll(String(told['reason']), tid);
  if (told.t === 'ended') {
    const reason = steering.tasks.ended(told as unknown as EndedTask);
    if (reason !== undefined) keepAll(reason, tid);
    return;
  }
  rings.get(tid)?.consumer.note(told);
  if (told.t === 'uncaught') keepAll(`uncaught ${told['name']}: ${told['message']}`, tid);
}

/** The flight recorder of every thread keeps what it has. @param saidBy the thread that it came from, if one did */
function keepAll(reason: string, saidBy?: number): void {
  const now = micros();
  endedFlights.keepAll(reason, now);
  for (const [tid, { consumer }] of rings) consumer.keep(reason, now, siteCounter[0], tid === saidBy);
}

function handle(message: Message): void {
  if (message.t === 'wake') return;
  if (message.t === 'ring') adopt(message);
  else if (message.t === 'note') note(message.tid, message.note);
  else {
    // The main thread tells of the end, the worker told of its ring on another way.
    receiveFrom(ofWorkers);
    forget(message.tid);
  }
}
// While control has its turn, Node hands on what came in, to nobody unless somebody listens.
for (const source of [port, channel] as unknown as EventTarget[])
  source.addEventListener('message', (event) => {
    handle((event as unknown as { data: Message }).data);
    wake();
  });
port.start();

function forget(tid: number): void {
  const entry = rings.get(tid);
  if (entry === undefined) return;
  entry.consumer.finish(micros(), siteCounter[0]);
  steering.release(tid);
  rings.delete(tid);
  if (entry.flight !== undefined) endedFlights.add(entry.flight);
  // From here on the ring may be another thread's.
  entry.consumer.release();
}

/** Returns whether any thread writes much, and is to be looked at soon again. */
function tick(urgent: boolean): boolean {
  const now = micros();
  let isBusy = false;
  const sleep = sleepMs(false);
  for (const [tid, entry] of rings) {
    entry.consumer.grace = Math.max(0, sleep - IDLE_MS) * 1000;
    entry.consumer.apart = sleep > IDLE_MS ? FAR_APART_MICROS : APART_MICROS;
    if (entry.consumer.tick(now, siteCounter[0], urgent)) isBusy = true;
    if (entry.consumer.closed && tid !== 0) {
      if (entry.closedAt === Infinity) entry.closedAt = now;
      else if (now - entry.closedAt > KEEP_CLOSED_MICROS) forget(tid);
    }
  }
  return isBusy;
}

/** A thread that waits for its flush is often the last to end: the other threads' words go to disk with its own. */
function answerFlushes(): void {
  for (const [tid, { consumer }] of rings) {
    const { request } = consumer;
    if (request === 0) continue;
    receive();
    tick(true);
    // It may have gone meanwhile, and its ring be another's.
    if (rings.get(tid)?.consumer !== consumer) continue;
    if (tid === 0 && consumer.isEnding) steering.tellCost(micros(), busy);
    consumer.flush(request, micros(), siteCounter[0]);
  }
}

const isPressed = (): boolean => {
  for (const { consumer } of rings.values()) if (consumer.isPressed) return true;
  return false;
};

let busyUntil = 0;
/** µs that this thread has worked. */
let busy = 0;

const { v8 } = shared;
const isWatching = v8 !== undefined || shared.flightBytes > 0 || shared.sample !== undefined;
const maxSleep = isWatching ? MAX_WATCH_MS : MAX_SLEEP_MS;

const sleepMs = (isBusy: boolean): number =>
  Math.min((isBusy ? BUSY_MS : IDLE_MS) * steering.slowness, maxSleep);

/** How many were in a hurry so far. */
let hurries = 0;

interface Rest {
  ms: number;
  /** The bell's number at the last look. */
  rung: number;
}

/** Works until `until`, sleeping in between, or until it is worth to sleep in the event loop. */
function work(until: number): Rest | undefined {
  for (let now = micros(); now < until; now = micros()) {
    const rung = Atomics.load(bell, Bell.RING);
    Atomics.add(bell, Bell.HEARTBEAT, 1);
    receive();
    const asked = Atomics.load(bell, Bell.HURRIES);
    if (tick(asked !== hurries)) busyUntil = now + IDLE_AFTER_MICROS;
    hurries = asked;
    answerFlushes();
    steering.look(now, busy, siteCounter[0]);
    busy += micros() - now;
    if (isPressed()) continue;
    const ms = sleepMs(now < busyUntil);
    if (ms > MAX_DEAF_MS) return { ms, rung };
    Atomics.wait(bell, Bell.RING, rung, ms);
  }
  return undefined;
}

const lookForAsked = v8 === undefined ? () => {} : watchAsked({ ...shared, v8 });

/** Its end, if it rests. */
let alarm: NodeJS.Timeout | undefined;

function wake(): void {
  if (alarm === undefined) return;
  clearTimeout(alarm);
  alarm = undefined;
  Atomics.store(bell, Bell.RESTS, 0);
  setImmediate(run);
}

/** Sleeps in the event loop, where it hears control; who rings the bell sends a message then. */
function rest({ ms, rung }: Rest): void {
  alarm = setTimeout(wake, ms);
  Atomics.store(bell, Bell.RESTS, 1);
  if (Atomics.load(bell, Bell.RING) !== rung) wake();
}

function run(): void {
  lookForAsked();
  const idle = work(micros() + CONTROL_MICROS);
  if (idle === undefined) setImmediate(run);
  else rest(idle);
}

/** By it other threads see that this one is gone, however it ended, when their event loops are stuck. Linux. */
function nativeId(): number {
  try {
    return Number(path.basename(fs.readlinkSync('/proc/thread-self'))) || 0;
  } catch {
    return 0;
  }
}

Atomics.store(bell, Bell.NATIVE, nativeId());
Atomics.store(bell, Bell.READY, 1);
Atomics.notify(bell, Bell.READY);
work(micros() + CONTROL_MICROS);
try {
  serveControl(shared.runDir, process.pid, (request) => {
    wake();
    return steering.handle(request, siteCounter[0]);
  });
} catch {
  // Recorded without: the folder cannot be written, or there are no such sockets.
}
// Of many children there is much to look through: not while the program starts.
if (shared.isChild && shared.flightBytes > 0) limitHeld(shared.runDir, HELD_FLIGHTS * shared.flightBytes);
run();
