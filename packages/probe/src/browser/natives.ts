/** What the browser offers, taken before programs put others into its place. */
import { uncurried } from '../core/intrinsics.ts';

const { performance: clockOfPage, setTimeout: later, clearTimeout: never } = globalThis;

export const {
  WebSocket: NativeWebSocket,
  Blob: NativeBlob,
  MessageChannel: NativeMessageChannel,
  BroadcastChannel: NativeBroadcastChannel,
  crypto: nativeCrypto,
} = globalThis;
export const nativeFetch: typeof fetch = globalThis.fetch.bind(globalThis);
export const setTimer: (act: () => void, ms: number) => number = later.bind(globalThis);
export const clearTimer: (timer: number) => void = never.bind(globalThis);
/** Before any other microtask that is not there yet. The browser's `queueMicrotask` takes a hundred times as long. */
export async function laterInTurn(act: () => void): Promise<void> {
  // oxlint-disable-next-line typescript/await-thenable -- the shortest wait there is
  await undefined;
  try {
    act();
  } catch {
    // Nobody waits for this promise: the program would be told that it was rejected.
  }
}
export const listen = uncurried<
  (target: object, type: string, act: (event: Event) => void, options?: AddEventListenerOptions) => void
>(
  // oxlint-disable-next-line typescript/unbound-method -- bound to `call`
  EventTarget.prototype.addEventListener,
);
const now = clockOfPage.now.bind(clockOfPage);
/** ms since the epoch at which this thread's clock was 0. */
export const origin: number = clockOfPage.timeOrigin;

/** Whole µs of this thread's clock; browsers tell 5 to 1000 µs at a time. */
export const micros = (): number => toMicros(now());
export const toMicros = (ms: number): number => Math.floor(ms * 1000);
/** Low 32 bits of `micros`, signed as ring words are. */
export const microsLow = (): number => (now() * 1000) | 0;

const encoder = new TextEncoder();
export const utf8: (text: string) => Uint8Array = encoder.encode.bind(encoder);

export function randomHex(bytes: number): string {
  let text = '';
  for (const byte of nativeCrypto.getRandomValues(new Uint8Array(bytes)))
    text += (byte + 256).toString(16).slice(1);
  return text;
}
