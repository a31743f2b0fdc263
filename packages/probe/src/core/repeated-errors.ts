/**
 * An error that looks like one of the last few has the number of that one: no name is looked for, no text is searched for secrets or made part of a key. Servers
 * catch the same error again and again, and rarely enough that all the code that looks at one is cold.
 */
import { causeOf, MAX_CAUSES, type ErrorIdOf, ownText } from './errors.ts';
import { getPrototypeOf, uncurried } from './intrinsics.ts';

/** So many are remembered. */
const MAX_LOOKS = 8;

// Taken now: programs may replace them later.
const Ref = WeakRef;
// oxlint-disable-next-line typescript/unbound-method -- bound to `call`
const deref = uncurried<(ref: WeakRef<object>) => object | undefined>(WeakRef.prototype.deref);

/** What the number of an error is made of, as long as nobody changes its classes: prototype, own name and own message, then those of its causes. */
type Look = (object | string)[];
/** Prototypes are not kept alive: they are the program's, and may hold all of a context. */
interface Remembered {
  look: (WeakRef<object> | string)[];
  id: number;
}

export function rememberRepeated(isProxy: (value: unknown) => boolean, errorIdOf: ErrorIdOf): ErrorIdOf {
  const known: Remembered[] = [];
  let next = 0;
  return (error) => {
    const look = lookAt(error, isProxy);
    if (look === undefined) return errorIdOf(error);
    for (let at = 0; at < known.length; at++) if (isSame(known[at].look, look)) return known[at].id;
    const id = errorIdOf(error);
    known[next] = { look: kept(look), id };
    next = (next + 1) % MAX_LOOKS;
    return id;
  };
}

/** Undefined: there is more to it than can be compared. */
function lookAt(error: unknown, isProxy: (value: unknown) => boolean): Look | undefined {
  const look: Look = [];
  let each = error;
  do {
    if (typeof each !== 'object' || each === null || isProxy(each)) return undefined;
    const prototype = getPrototypeOf(each) as object | null;
    if (prototype === null || look.length > 3 * MAX_CAUSES) return undefined;
    look[look.length] = prototype;
    look[look.length] = ownText(each, 'name');
    look[look.length] = ownText(each, 'message');
    each = causeOf(each, isProxy);
  } while (each !== undefined);
  return look;
}

function isSame(remembered: Remembered['look'], look: Look): boolean {
  if (remembered.length !== look.length) return false;
  // From behind: messages differ most often.
  for (let at = look.length - 1; at >= 0; at--) {
    const before = remembered[at];
    if ((typeof before === 'string' ? before : deref(before)) !== look[at]) return false;
  }
  return true;
}

function kept(look: Look): Remembered['look'] {
  const texts: Remembered['look'] = [];
  for (let at = 0; at < look.length; at++) {
    const each = look[at];
    texts[at] = typeof each === 'string' ? each : new Ref(each);
  }
  return texts;
}
