import * as me from './self.mjs';

export { me };
export default function () {
  return Object.keys(me).length + (me.default === this ? 1 : 0);
}
export { default as again } from './self.mjs';
