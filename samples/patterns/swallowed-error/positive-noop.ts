// Under another name.
const noop = () => {};

export function save(store: { write(key: string, value: string): Promise<void> }, key: string, value: string) {
  return store.write(key, value).catch(noop);
}
