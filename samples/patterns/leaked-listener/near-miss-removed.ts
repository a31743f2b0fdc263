// Taken away in the end.
import { bus } from './bus.ts';

export async function waitFor(id: string, done: (order: object) => void, over: Promise<void>) {
  const listener = (order: { id: string }) => {
    if (order.id === id) done(order);
  };
  bus.on('order', listener);
  await over;
  bus.off('order', listener);
}
