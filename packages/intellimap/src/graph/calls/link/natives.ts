/** Functions of the host that hand on what they are given: lists, promises, objects, timers. */
import { ANY, ELEMENT } from '../facts.ts';
import { UNKNOWN } from './heap.ts';
import type { Handing } from './handing.ts';
import type { Linker } from './linker.ts';
import {
  CALL_AT_ONCE,
  CALL_LATER,
  callsNothing,
  GIVE_BACK,
  HOST_CALLS_AT_ONCE,
  LISTEN,
  TELL,
} from './outside.ts';
import type { SiteOf } from './sites.ts';

type Model = (linker: Linker, site: SiteOf) => void;

/** Text that is handed over literally. */
const textAt = ({ site: { literals } }: SiteOf, index: number): string | undefined => {
  const it = literals[index];
  return typeof it === 'string' ? it : undefined;
};

const arg = (site: SiteOf, index: number): number => site.args[index] ?? -1;

/** Something from outside is called. */
export function callOutside(linker: Linker, site: SiteOf, token: number): void {
  const { program } = linker;
  const { solver, heap } = program;
  const words = heap.words[token];
  const { name, text } = site.site;
  // `Array.prototype.slice.call(list)`
  const borrowed = /^prototype\.(\w+)$/.exec(words)?.[1];
  if (borrowed !== undefined && (name === 'call' || name === 'apply')) {
    callMethodOfHost(linker, { ...site, object: arg(site, 0), args: site.args.slice(1), site: { ...site.site, name: borrowed } });
    return;
  }
  const model = MODELS.get(words);
  if (model !== undefined) return model(linker, site);
  const given = GIVE_BACK.get(words);
  if (given !== undefined && arg(site, given) >= 0) solver.edge(arg(site, given), site.result);
  // What it gives back is outside, too, and may hold what is written to it.
  const made = linker.madeAt(site);
  solver.add(heap.parentsOf(made), heap.outside(UNKNOWN));
  heap.madeOutside.add(made);
  solver.add(site.result, made);
  const atOnce = HOST_CALLS_AT_ONCE.get(words);
  // Who listens is found by the name of the event; a method that the host has is told by that.
  if (TELL.has(name) || callsNothing(words, name)) return;
  for (const [index, node] of site.args.entries())
    if (!CALL_AT_ONCE.has(name) && !CALL_LATER.has(name))
      linker.handOver(site, node, text || words.replace(UNKNOWN, '…'), { later: atOnce !== index });
} // prettier-ignore

const MODELS: ReadonlyMap<string, Model> = new Map<string, Model>([
  ['Object.create', (linker, site) => {
    const made = linker.program.newObject();
    linker.program.solver.add(site.result, made);
    if (arg(site, 0) >= 0) linker.program.solver.edge(arg(site, 0), linker.program.heap.parentsOf(made));
  }],
  ['Object.assign', copyMembers],
  // Packages that do the same; where their files are looked at, these tell it.
  ...['merge-descriptors', 'object-assign', 'utils-merge', 'extend', 'lodash.assign', 'lodash.extend', 'lodash.merge', 'lodash.defaults', 'underscore.extend'].map((name): [string, Model] => [name, copyMembers]),
  ['Object.setPrototypeOf', ({ program }, site) => {
    if (arg(site, 0) >= 0 && arg(site, 1) >= 0) program.inherit(arg(site, 0), arg(site, 1));
  }],
  ['util.inherits', inherits],
  ['inherits', inherits],
  ['Object.entries', ({ program }, site) => {
    const [list, pair] = [program.newObject(), program.newObject()];
    program.solver.add(site.result, list);
    program.solver.add(program.heap.member(list, ANY), pair);
    if (arg(site, 0) >= 0) program.solver.watch(arg(site, 0), (token) => program.heap.read(token, ANY, program.heap.member(pair, ANY)));
  }],
  ['Object.values', ({ program }, site) => {
    const list = program.newObject();
    program.solver.add(site.result, list);
    if (arg(site, 0) >= 0) program.solver.watch(arg(site, 0), (token) => program.heap.read(token, ANY, program.heap.member(list, ANY)));
  }],
  ['Object.defineProperty', ({ program }, site) => {
    const [object, described] = [arg(site, 0), arg(site, 2)];
    if (object >= 0 && described >= 0) define(program, object, textAt(site, 1) ?? ANY, described);
  }],
  ['Object.defineProperties', ({ program }, site) => {
    const [object, all] = [arg(site, 0), arg(site, 1)];
    if (object >= 0 && all >= 0)
      program.solver.watch(all, (token) => program.heap.eachMember(token, (name, node) => define(program, object, name, node)));
  }],
  ['String', (linker, site) => convert(linker, site, 'toString')],
  ['Number', (linker, site) => convert(linker, site, 'valueOf')],
  ['JSON.stringify', (linker, site) => {
    convert(linker, site, 'toJSON');
    linker.handOver(site, arg(site, 1), 'JSON.stringify', { later: false });
  }],
  ['Promise', (linker, site) => {
    const settle = linker.program.solver.node();
    linker.program.solver.add(settle, linker.program.heap.token('resolver', site.result));
    linker.handOver(site, arg(site, 0), 'new Promise', { later: false, given: [settle] });
  }],
  ['Reflect.apply', (linker, site) => {
    if (arg(site, 0) >= 0)
      linker.program.solver.watch(arg(site, 0), (token) =>
        linker.call(site, token, { shift: 99, self: arg(site, 1), list: arg(site, 2), kind: 'call/apply/bind' }));
  }],
  ['Reflect.construct', (linker, site) => {
    if (arg(site, 0) >= 0)
      linker.program.solver.watch(arg(site, 0), (token) =>
        linker.call({ ...site, site: { ...site.site, form: 'new' } }, token, { shift: 99, list: arg(site, 1), kind: 'call/apply/bind' }));
  }],
  ['Array.from', (linker, site) => {
    const element = elementsOf(linker, arg(site, 0));
    const list = linker.program.newObject();
    linker.program.solver.add(site.result, list);
    const into = linker.program.heap.member(list, ANY);
    if (site.args.length < 2) linker.program.solver.edge(element, into);
    linker.handOver(site, arg(site, 1), 'Array.from', { later: false, given: [element], result: into });
  }],
]); // prettier-ignore

/** What is handed over is asked for another form of itself. */
function convert(linker: Linker, site: SiteOf, method: string): void {
  const { solver, heap, functions } = linker.program;
  if (arg(site, 0) < 0) return;
  solver.watch(arg(site, 0), (it) => {
    if (heap.kind[it] === 'outside') return;
    solver.watch(heap.lookUp(it, method), (token) => {
      if (heap.kind[token] === 'function')
        linker.link(site, functions[heap.of[token]], {
          selfToken: it,
          kind: 'conversion',
          given: [],
          result: -1,
        });
    });
  });
}

/** The first has all members of the others, and is given back. */
function copyMembers({ program }: Linker, site: SiteOf): void {
  const target = arg(site, 0);
  if (target < 0) return;
  program.solver.edge(target, site.result);
  for (const from of site.args.slice(1)) if (from >= 0) program.inherit(target, from);
}

function inherits({ program }: Linker, site: SiteOf): void {
  const { solver, heap } = program;
  const [child, base] = [arg(site, 0), arg(site, 1)];
  if (child < 0 || base < 0) return;
  solver.watch(child, (token) => {
    if (heap.kind[token] === 'function' || heap.kind[token] === 'class') program.extend(token, base);
  });
}

/** What a property descriptor says. */
function define(program: Linker['program'], object: number, name: string, described: number): void {
  const { solver, heap } = program;
  const parts = ['value', 'get', 'set'].map((part) => [part, solver.node()] as const);
  solver.watch(described, (token) => {
    for (const [part, node] of parts) heap.read(token, part, node);
  });
  solver.watch(object, (token) => {
    if (name === ANY) program.heap.writtenByName(token);
    for (const [part, node] of parts)
      program.put(token, part === 'value' ? name : `${part} ${name}`, node, true);
  });
}

/** Node of what the lists in a node hold. */
function elementsOf({ program: { solver, heap } }: Linker, lists: number): number {
  const element = solver.node();
  if (lists >= 0) solver.watch(lists, (token) => heap.read(token, ELEMENT, element));
  return element;
}

/** Puts something into all lists of a node. */
function putInto({ program: { solver, heap } }: Linker, lists: number, from: number): void {
  if (lists >= 0 && from >= 0) solver.watch(lists, (token) => solver.edge(from, heap.member(token, ANY)));
}

/** A method is called that no file has: as the host's lists, maps and promises have it. @returns whether they have one */
export function callMethodOfHost(linker: Linker, site: SiteOf): boolean {
  const { name, text } = site.site;
  const atOnce = CALL_AT_ONCE.get(name);
  if (atOnce !== undefined) {
    linker.handOver(site, arg(site, atOnce), name, { later: false, ...ofList(linker, site) });
    return true;
  }
  const later = CALL_LATER.get(name);
  if (later !== undefined) {
    const given = name === 'then' ? [site.object] : [];
    for (const index of later) linker.handOver(site, arg(site, index), name, { given, result: site.result });
    if (name !== 'then' && site.object >= 0) linker.program.solver.edge(site.object, site.result);
    return true;
  }
  if (LISTEN.has(name)) {
    linker.handOver(site, arg(site, 1), text);
    if (site.object >= 0) linker.program.solver.edge(site.object, site.result);
    return true;
  }
  const replaced = replacement(site);
  if (replaced >= 0) {
    replace(linker, site, replaced);
    return true;
  }
  const holds = HOLD.get(name);
  holds?.(linker, site);
  return holds !== undefined;
}

/** Functions of test tools that put something in place of a method: `mock.method(object, 'name', f)`, `stub(object, 'name').callsFake(f)`. @returns its node; -1: it is none */
const replacement = (site: SiteOf): number => (/\bmock\.method$/.test(site.site.text) ? arg(site, 2) : -1);

function replace({ program }: Linker, site: SiteOf, by: number): void {
  const name = textAt(site, 1);
  if (name !== undefined && arg(site, 0) >= 0)
    program.solver.watch(arg(site, 0), (token) => program.put(token, name, by, true));
}

/** What the callback of a method of lists is given, and where its result goes. */
function ofList(linker: Linker, site: SiteOf): Handing {
  const { program } = linker;
  const { solver, heap } = program;
  const element = elementsOf(linker, site.object);
  switch (site.site.name) {
    case 'map':
    case 'flatMap': {
      const list = program.newObject();
      solver.add(site.result, list);
      return { given: [element], result: heap.member(list, ANY) };
    }
    case 'reduce':
    case 'reduceRight':
      if (arg(site, 1) >= 0) solver.edge(arg(site, 1), site.result);
      return { given: [site.result, element], result: site.result };
    case 'sort':
    case 'toSorted':
    case 'filter':
      if (site.object >= 0) solver.edge(site.object, site.result);
      return { given: [element, element], result: -1 };
    case 'find':
    case 'findLast':
      solver.edge(element, site.result);
      return { given: [element], result: -1 };
    case 'run':
      return { given: [], result: site.result };
    default:
      return { given: [element], result: -1 };
  }
}

const all: Model = (linker, site) => {
  for (const each of site.args) putInto(linker, site.object, each);
  if (site.object >= 0) linker.program.solver.edge(site.object, site.result);
};
const same: Model = ({ program }, site) => {
  if (site.object >= 0) program.solver.edge(site.object, site.result);
};
const one: Model = (linker, site) => linker.program.solver.edge(elementsOf(linker, site.object), site.result);

const accessor =
  (kind: string): Model =>
  ({ program }, site) => {
    const name = textAt(site, 0) ?? ANY;
    if (site.object >= 0 && arg(site, 1) >= 0)
      program.solver.watch(site.object, (token) => program.put(token, `${kind} ${name}`, arg(site, 1), true));
  };

/** Methods that put things into lists and maps, and take them out. */
const HOLD: ReadonlyMap<string, Model> = new Map<string, Model>([
  ['__defineGetter__', accessor('get')], ['__defineSetter__', accessor('set')],
  ['push', all], ['unshift', all], ['add', all], ['splice', all], ['fill', all],
  ['pop', one], ['shift', one], ['at', one], ['get', one],
  ['slice', same], ['reverse', same], ['toReversed', same], ['values', same], ['flat', same],
  ['set', (linker, site) => {
    putInto(linker, site.object, arg(site, 1));
    same(linker, site);
  }],
  ['concat', (linker, site) => {
    same(linker, site);
    for (const each of site.args) if (each >= 0) linker.program.solver.edge(each, site.result);
  }],
  ['entries', (linker, site) => {
    const { program } = linker;
    const [list, pair] = [program.newObject(), program.newObject()];
    program.solver.add(site.result, list);
    program.solver.add(program.heap.member(list, ANY), pair);
    program.solver.edge(elementsOf(linker, site.object), program.heap.member(pair, ANY));
  }],
]); // prettier-ignore
