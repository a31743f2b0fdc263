// Nobody but the empty handler ever hears of the promise.
export function prefetch(load: (name: string) => Promise<string>) {
  const soon = load('next');
  soon.catch(() => {});
}
