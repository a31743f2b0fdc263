/** What nothing else tells is looked up by its name: functions that are written to a member called so, anywhere. Not where there are many. */
import { ANY, ELEMENT } from '../facts.ts';
import type { Linker } from './linker.ts';
import { CALL_AT_ONCE, CALL_LATER, LISTEN } from './outside.ts';
import type { FunctionOf } from './program.ts';
import type { SiteOf } from './sites.ts';

/** A name that more functions have says nothing. */
const MOST_TARGETS = 6;
/** Of names that lists, maps, texts and promises have, too. */
const MOST_OF_USUAL = 1;

const USUAL: ReadonlySet<string> = new Set([
  ...CALL_AT_ONCE.keys(), ...CALL_LATER.keys(), ...LISTEN,
  'push', 'pop', 'shift', 'unshift', 'splice', 'slice', 'concat', 'join', 'indexOf', 'includes', 'keys', 'values', 'entries', 'get', 'set', 'has', 'add', 'delete', 'clear', 'at',
  'test', 'exec', 'match', 'split', 'trim', 'toString', 'valueOf', 'charCodeAt', 'substring', 'substr', 'startsWith', 'endsWith', 'next', 'return', 'throw', 'call', 'apply', 'bind',
  'hasOwnProperty', 'emit', 'write', 'end', 'close', 'log', 'error', 'warn', 'info',
]); // prettier-ignore

/** @returns whether anything new was found */
export function fallBack(linker: Linker): boolean {
  const { findings, hosts } = linker;
  const candidates = new Map<string, FunctionOf[]>();
  const named = (name: string): FunctionOf[] => {
    let known = candidates.get(name);
    if (known === undefined) candidates.set(name, (known = functionsNamed(name, linker)));
    return known;
  };
  let found = false;
  for (const site of linker.sites) {
    if (!isOpen(site, linker)) continue;
    const targets = named(site.site.name);
    const most = USUAL.has(site.site.name) ? MOST_OF_USUAL : MOST_TARGETS;
    if (targets.length === 0) continue;
    hosts.add(site);
    if (targets.length > most) {
      findings.tooMany.set(site.origin, targets.length);
      continue;
    }
    found = true;
    for (const to of targets) linker.link(site, to, { kind: 'field name' });
  }
  return readByName(linker, named) || found;
}

/** A method of something that nothing is known of. */
function isOpen(site: SiteOf, { findings, hosts, program: { solver, heap } }: Linker): boolean {
  const { name, form } = site.site;
  if (name === '' || name === ANY || name === ELEMENT || hosts.has(site) || findings.hasTargets(site))
    return false;
  if (form !== 'method' && form !== 'new') return false;
  if (site.object < 0) return false;
  return [...solver.tokens(site.object)].every((token) => heap.kind[token] !== 'outside');
}

function functionsNamed(name: string, linker: Linker): FunctionOf[] {
  const { heap, solver, functions } = linker.program;
  const tokens = new Set<number>();
  for (const node of [...heap.membersNamed(name), ...linker.program.storesNamed(name)])
    for (const token of solver.tokens(node)) if (heap.kind[token] === 'function') tokens.add(token);
  return [...tokens].map((token) => functions[heap.of[token]]);
}

/** `const f = x.handle; f()`: a member that is read, and found nowhere. */
function readByName({ program, sites }: Linker, named: (name: string) => FunctionOf[]): boolean {
  const { solver, reads, flows } = program;
  const called = new Set(sites.flatMap(({ callee, object }) => (object < 0 && callee >= 0 ? [callee] : [])));
  // What is called, or flows there at once.
  const leading = new Set(called);
  for (let at = 0; at < flows.length; at += 2) if (called.has(flows[at + 1])) leading.add(flows[at]);
  let found = false;
  for (const { name, object, to } of Array.from(reads)) {
    if (name === ANY || name === ELEMENT || !leading.has(to) || !solver.isEmpty(to) || USUAL.has(name) || !solver.isEmpty(object)) continue;
    const targets = named(name);
    if (targets.length === 0 || targets.length > MOST_TARGETS) continue;
    found = true;
    for (const { token } of targets) solver.add(to, token);
  }
  return found;
} // prettier-ignore
