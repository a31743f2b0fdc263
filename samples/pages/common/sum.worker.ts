import { total, type Line } from './cart.ts';

globalThis.addEventListener('message', ({ data }: MessageEvent<Line[]>) => {
  globalThis.postMessage(total(data));
});
