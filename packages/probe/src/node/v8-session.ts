/**
 * A session with V8's inspector, within the thread that it looks at: no port is opened, and nothing is printed. Its calls return when V8 has
 * answered, so that they work where no event loop runs any more, after `process.exit()`; promises would not.
 */

// Taken now: programs delete globals.
const { apply } = Reflect;
const { process } = globalThis;

export interface Session {
  /** What V8 answers. @throws an error of the protocol */
  post: (method: string, params?: object) => unknown;
  /** What V8 tells by itself, while `post` or `console` is called. */
  on: (event: string, heard: (params: unknown) => void) => void;
  /** Profiles that may overlap: each is known by its title. */
  console: { profile: (title: string) => void; profileEnd: (title: string) => void };
}

type Told = (error: Error | null, result: unknown) => void;

/** @throws where Node has no inspector, or its permissions do not allow one */
export function openSession(): Session {
  const inspector = process.getBuiltinModule('node:inspector');
  const session = new inspector.Session();
  // Before the program, or the loader, puts another in its place.
  // oxlint-disable-next-line typescript/unbound-method -- called with Reflect.apply
  const post = session.post as (method: string, params: object | undefined, told: Told) => void;
  const { profile, profileEnd } = inspector.console as unknown as Session['console'];
  session.connect();
  return {
    post: (method, params) => {
      let failure: Error | null = new Error(`V8 did not answer ${method}`);
      let answer: unknown;
      const told: Told = (error, result) => {
        failure = error;
        answer = result;
      };
      apply(post, session, [method, params, told]);
      if (failure !== null) throw failure;
      return answer;
    },
    on: (event, heard) =>
      void session.on(event, (message: { params: unknown }) => {
        heard(message.params);
      }),
    console: { profile, profileEnd },
  };
}
