// Once, or until the signal says so.
export function untilClosed(signal: AbortSignal, close: () => void) {
  window.addEventListener('pagehide', close, { once: true });
  window.addEventListener('resize', close, { signal });
  process.once('SIGINT', close);
}
