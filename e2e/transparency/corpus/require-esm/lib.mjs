import { g } from './inner.mjs';
export function f() {
  return g();
}
export default class K {}
