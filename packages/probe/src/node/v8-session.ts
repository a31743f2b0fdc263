/**
 * A session with V8's inspector, within the thread that it looks at: no port is opened, and nothing is printed. Its calls return when V8 has
 * answered, so that they work where no event loop runs any more, after `process.exit()`; promises would not.
 */

// Taken now: programs delete globals.
const { apply } = Reflect;
const { process } = globalThis;

/** @throws an error of the protocol */
export type Post = (method: string, params?: object) => unknown;

type Told = (error: Error | null, result: unknown) => void;

/** @throws where Node has no inspector, or its permissions do not allow one */
export function openSession(): Post {
  const { Session } = process.getBuiltinModule('node:inspector');
  const session = new Session();
  // Before the program, or the loader, puts another in its place.
  // oxlint-disable-next-line typescript/unbound-method -- called with Reflect.apply
  const post = session.post as (method: string, params: object | undefined, told: Told) => void;
  session.connect();
  return (method, params) => {
    let failure: Error | null = new Error(`V8 did not answer ${method}`);
    let answer: unknown;
    const told: Told = (error, result) => {
      failure = error;
      answer = result;
    };
    apply(post, session, [method, params, told]);
    if (failure !== null) throw failure;
    return answer;
  };
}
