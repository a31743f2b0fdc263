// SES: all intrinsics hardened by lockdown(), then guests in compartments; errors are tamed and eval is theirs.
import 'ses';
import { helper } from './helper.mjs';

const before = helper([3, 1, 2]);
lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', overrideTaming: 'moderate', stackFiltering: 'verbose' });
console.log(Object.isFrozen(Array.prototype), Object.isFrozen(Function.prototype), Object.isFrozen(Error), before);
const late = await import('./late.mjs');
console.log(late.total([1, 2, 3]), late.Thing.make('x').describe(), helper([9, 8]));

for (const attempt of [() => (Array.prototype.push = 1), () => (Function.prototype.toString = 1), () => (Error.prepareStackTrace = undefined), () => Object.defineProperty(Object.prototype, 'x', { value: 1 })]) {
  try {
    attempt();
    console.log('allowed');
  } catch (error) {
    console.log(error.name, error.message);
  }
}
const compartment = new Compartment({ globals: { log: harden((...all) => console.log('guest:', ...all)), offer: harden(late.total) }, __options__: true });
console.log(compartment.evaluate('log(typeof process, typeof Date.now); offer([4, 5])'));
console.log(compartment.evaluate('(function () { try { return Function("return this")() === globalThis } catch (e) { return e.name } })()'));
try {
  compartment.evaluate('(() => { throw new TypeError("guest fails") })()');
} catch (error) {
  console.log(error.name, error.message, error instanceof TypeError);
}
try {
  late.fail();
} catch (error) {
  console.log(error.stack.split('\n').slice(0, 3).map((line) => line.trim().replace(/file:.*\//, '')));
}
const frozen = harden({ deep: { list: [1, { two: 2 }] }, run: helper });
console.log(Object.isFrozen(frozen.deep.list[1]), Object.isFrozen(helper), Object.isFrozen(helper.prototype ?? {}));
let total = 0;
for (let i = 0; i < 3000; i += 1) total += late.total([i, 1]);
console.log(total);
await late.later().catch((error) => console.log(error.message));
