/**
 * What is inserted where values of a function are wanted, beside its other probes:
 *
 *   function f(a, { b, c: [d] }, ...e) {{var $imk=…,$imv,$imu}try{{$imk&&($imu=$imV(w,"0a,1b,1c.0,2...e",this,a,b,d,e))}
 *     this.x = a;              $imU(w,$imu,3,"this.x",this.x = a);       after the write, as it came out
 *     count++;                 $imU(w,$imu,12,"count",count++);          the value of `count++` is the old one: 8 says one more
 *     cache ??= make();        cache ??= $imU(w,$imu,4,"cache",make());  before the write: only then is it known that there is one
 *     throw error;             throw $imT(w,$imU(w,$imu,2,"",error));
 *     return b;                return $imv=$imU(w,$imu,1,"f",b),$imk&=-2,$imv;
 *
 * `$imu` says whether this call is looked at; behind a closed gate it is undefined.
 */
import type { Node } from '../1-parse.ts';
import { parametersOf } from '../2-analyze/parameters.ts';
import { writesOf } from '../2-analyze/writes.ts';
import { Role, VALUE } from '../words.ts';
import type { Activation, Looked, Return } from './activation.ts';
import type { ReturnText } from './shapes.ts';
import type { Definition } from './visitors/functions.ts';
import type { Walk } from './walk.ts';

/** Whether values of the innermost function are wanted, and which. Hosts' wrappers are not asked for. */
export function lookAt(node: Node, definition: Definition, walk: Walk): Looked | undefined {
  const { name, derived } = definition;
  const wanted = walk.tier === 'performance' ? walk.valuesOf(name) : undefined;
  if (wanted === undefined) return undefined;
  const last = /[\w$]*$/.exec(name)?.[0] ?? '';
  return {
    wanted,
    given: wanted === 'full' ? givenOf(node, last, derived === true, walk) : '',
    name: JSON.stringify(last.length > 80 ? '' : last),
    writes: writesOf(node),
  };
}

/** What such a function is given may be secret whatever its parameters are called; the probe decides, by the whole path. */
const SECRET = /pass|pwd|secret|token|key|cred|auth|cookie|session|card|pin$|otp|ssn|cv[vc]|iban/i;

function givenOf(node: Node, name: string, derived: boolean, walk: Walk): string {
  const parameters = parametersOf(node);
  const text = walk.text.slice(node.start, node.end);
  const hasThis = node.type !== 'ArrowFunctionExpression' && !derived && /\bthis\b/.test(text);
  if (parameters.length === 0 && !hasThis) return ',""';
  const owner = SECRET.test(name) ? `${name}.` : '';
  const names = parameters.map(({ place, path }) => `${place}${owner}${path}`).join();
  const values = parameters.map(({ variable }) => `,${variable}`).join('');
  return `,${JSON.stringify(names)},${hasThis ? 'this' : 'void 0'}${values}`;
}

/** Variables of the body. */
export const ownVariables = (fn: Activation): string[] => (fn.looked ? ['$imu'] : []);

/** A statement at the beginning of the body: here it is decided whether this call is looked at. */
export function lookedAt(fn: Activation, walk: Walk): string {
  if (!fn.looked) return '';
  const gate = fn.frame ? '$imf' : '$imk';
  return `{${gate}&&($imu=$imV(${walk.word(VALUE, fn.site)}${fn.looked.given}))}`;
}

export const looksAtResult = ({ looked }: Activation): boolean => looked?.wanted === 'full';

/** As an argument, a sequence needs brackets; a class or function gets no name from where it passes through. */
export function lookedOperand(value: Node, walk: Walk): Pick<Return, 'open' | 'close'> {
  const { fn } = walk;
  const bracket = value.type === 'SequenceExpression';
  const probe = `$imU(${walk.word(VALUE, fn.site)},$imu,${Role.RESULT},${fn.looked?.name},`;
  return { open: `${probe}${bracket ? '(' : ''}`, close: bracket ? '))' : ')' };
}

/** Where nothing else is said about a return. */
export const lookedReturn = (fn: Activation, { what, open, close }: Return): ReturnText =>
  looksAtResult(fn) && what === 'value' ? { keyword: ` ${open}`, operand: close } : {};

export function lookAtThrown(site: number, walk: Walk): { open: string; close: string } {
  if (!looksAtResult(walk.fn)) return { open: '', close: '' };
  return { open: `$imU(${walk.word(VALUE, site)},$imu,${Role.THROWN},"",`, close: ')' };
}
