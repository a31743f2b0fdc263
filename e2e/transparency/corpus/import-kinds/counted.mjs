let n = 0;
export function count() {
  return ++n;
}
export const url = import.meta.url;
