// The handler only says that the promise is not forgotten: who awaits it hears of it.
export function begin(load: () => Promise<string>) {
  const soon = load();
  soon.catch(() => {});
  return async () => await soon;
}
