/** The same error has one signature, another error has another. */
import { describe, expect, test } from 'vitest';
import { type ErrorFacts, signed } from './error-signature.ts';

const ERROR: ErrorFacts = {
  name: 'NotFoundError',
  message: 'no cart 17',
  place: 'ts:src/cart.ts#class Carts/find!throw:NotFoundError~0',
  frames: [
    'ts:src/cart.ts#class Carts/find',
    'ts:src/http.ts#app.get("/carts/:id")@1',
    'ts:src/http.ts#serve',
  ],
};
/** Names of variables stand in ids of catch clauses, thrown variables and callbacks. */
const CAUGHT: ErrorFacts = {
  name: 'TypeError',
  message: "Cannot read properties of undefined (reading 'cents')",
  place: 'ts:src/http.ts#handle!catch:error~0',
  frames: ['ts:src/http.ts#handle', 'ts:src/http.ts#routes.map@0'],
};
const CAUSED: ErrorFacts = {
  ...ERROR,
  causes: [{ name: 'Error', message: 'connect ECONNREFUSED 10.0.0.1:80' }],
};

describe('the same', () => {
  for (const [what, a, b] of [
    ['figures in the message', ERROR, { ...ERROR, message: 'no cart 4' }],
    ['ids in the message', ERROR, { ...ERROR, message: 'no cart 0b6d2d6e-0d2b-4f9d-9a53-1c1f0c5a7f10' }],
    ['lines shifted: ids have none', ERROR, { ...ERROR }],
    ['seen from further away', ERROR, { ...ERROR, frames: [...ERROR.frames, 'ts:src/main.ts#main'] }],
    ['another road to the caller', ERROR, { ...ERROR, frames: [...ERROR.frames.slice(0, 2), 'ts:src/ws.ts#onMessage'] }],
    ['recursion', ERROR, { ...ERROR, frames: [ERROR.frames[0], ...ERROR.frames] }],
    ['the error of a catch clause renamed', CAUGHT, { ...CAUGHT, place: 'ts:src/http.ts#handle!catch:e~0' }],
    ['the variable before a callback renamed', CAUGHT, { ...CAUGHT, frames: ['ts:src/http.ts#handle', 'ts:src/http.ts#r.map@0'] }],
    ['a thrown variable renamed', { ...ERROR, place: 'ts:a.ts#f!throw:error~1' }, { ...ERROR, place: 'ts:a.ts#f!throw:e~1' }],
    ['minified, with a source map: ids are those of the source, V8 names the short variable', { ...CAUGHT, message: 'cart.total is not a function' }, { ...CAUGHT, message: 't.total is not a function' }],
    ['figures in the message of a cause', CAUSED, { ...CAUSED, causes: [{ name: 'Error', message: 'connect ECONNREFUSED 10.0.0.2:81' }] }],
    ['no causes, and none told', ERROR, { ...ERROR, causes: [] }],
  ] as [string, ErrorFacts, ErrorFacts][])
    test(what, () => expect(signed(b)).toEqual(signed(a)));
}); // prettier-ignore

describe('another', () => {
  for (const [what, a, b] of [
    ['name', ERROR, { ...ERROR, name: 'Error' }],
    ['message', ERROR, { ...ERROR, message: 'no order 17' }],
    ['property of undefined', CAUGHT, { ...CAUGHT, message: "Cannot read properties of undefined (reading 'rate')" }],
    ['throw statement of the same function', ERROR, { ...ERROR, place: ERROR.place!.replace('~0', '~1') }],
    ['class that is thrown', ERROR, { ...ERROR, place: ERROR.place!.replace('NotFoundError~', 'GoneError~') }],
    ['function with the same message', ERROR, { ...ERROR, place: 'ts:src/cart.ts#class Carts/load!throw:NotFoundError~0', frames: ['ts:src/cart.ts#class Carts/load', ...ERROR.frames.slice(1)] }],
    ['file with a function of the same name', ERROR, { ...ERROR, place: ERROR.place!.replace('cart.ts', 'old.ts') }],
    ['caller of a helper that throws for all', ERROR, { ...ERROR, frames: [ERROR.frames[0], 'ts:src/http.ts#app.put("/carts/:id")@1'] }],
    ['route whose callback is known by its path', CAUGHT, { ...CAUGHT, frames: ['ts:src/http.ts#handle', 'ts:src/http.ts#routes.map("/x")@0'] }],
    ['cause', CAUSED, { ...CAUSED, causes: [{ name: 'TypeError', message: 'x is not a function' }] }],
    ['cause, and none', CAUSED, ERROR],
    ['cause of the cause', CAUSED, { ...CAUSED, causes: [...CAUSED.causes!, { name: 'Error', message: 'timeout' }] }],
    ['place, and none known', ERROR, { ...ERROR, place: null }],
    ['frames, and none known', ERROR, { ...ERROR, frames: [] }],
  ] as [string, ErrorFacts, ErrorFacts][])
    test(what, () => expect(signed(b).signature).not.toBe(signed(a).signature));
}); // prettier-ignore

test('what a name holds does not run into what comes next', () => {
  const a = signed({ name: 'A","b', message: '', place: null, frames: [] });
  const b = signed({ name: 'A', message: '","b', place: null, frames: [] });
  expect(a.signature).not.toBe(b.signature);
  expect(a.signature).toMatch(/^[0-9a-f]{12}$/);
});
