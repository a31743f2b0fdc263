/** All files together: their slots as nodes, their functions and classes as tokens, what leads from one to the other. */
import { ANY, type CallFacts, type FunctionFacts, type Load, NO_SLOT, type Range, type Slot, type Store, ThingKind } from '../facts.ts'; // prettier-ignore
import { Context, type Part } from './context.ts';
import { Heap } from './heap.ts';
import { outsideName } from './outside.ts';
import { Solver } from './solver.ts';

/** File of the workspace that a specifier leads to; null: none. */
export type Target = (from: string, specifier: string) => string | null;

export interface FunctionOf {
  file: number;
  facts: FunctionFacts;
  token: number;
  self: number;
  result: number;
  /** What the slots around it mean; of a copy for one call: its own. */
  context: Context;
  /** Token of that of which this is a copy; its own, if it is none. */
  origin: number;
  /** What is said within it was put among the constraints. */
  isOpen: boolean;
}

export interface ClassOf {
  file: number;
  token: number;
  maker: number;
  fields: number;
  base: number;
}

/** A member that is read. */
export interface ReadOf {
  name: string;
  object: number;
  to: number;
}

export class Program {
  readonly files: readonly CallFacts[];
  readonly solver = new Solver();
  readonly heap: Heap;
  readonly contexts: Context[] = [];
  readonly functions: FunctionOf[] = [];
  readonly classes: ClassOf[] = [];
  /** What was put among the constraints so far: members that are read, and flows as pairs of nodes. */
  readonly reads: ReadOf[] = [];
  readonly flows: number[] = [];
  private readonly fileOf: Map<string, number>;
  private readonly globals = new Map<string, number>();
  private readonly instances = new Map<number, number>();
  private readonly stores = new Map<string, number[]>();
  private objects = 0;

  constructor(files: readonly CallFacts[], target: Target) {
    this.files = files;
    this.heap = new Heap(this.solver);
    this.fileOf = new Map(files.map(({ path }, index) => [path, index]));
    for (const [index, file] of files.entries()) {
      const firsts = { node: this.solver.nodes(file.slots), function: this.functions.length, class: this.classes.length, object: this.objects };
      this.objects += file.objects;
      const context = new Context(index, firsts, new Set(file.globals.map(([, slot]) => slot)), null);
      this.contexts.push(context);
      this.declare(context, [0, file.functions.length], [0, file.classes.length]);
    }
    for (const [index, file] of files.entries()) this.connect(file, index, target);
  } // prettier-ignore

  /** Nodes of all that is written to a member of a name, of whatever. */
  storesNamed(name: string): readonly number[] {
    return this.stores.get(name) ?? [];
  }

  /** Node of a slot. */
  node(file: number, slot: Slot): number {
    return this.contexts[file].node(slot);
  }

  functionOf(file: number, index: number): FunctionOf {
    return this.functions[this.contexts[file].function(index)];
  }

  /** An object that nobody wrote down. */
  newObject(): number {
    return this.heap.token('object', this.objects++);
  }

  /** A copy of a function, for one call of it. */
  copy(it: FunctionOf, texts: ReadonlyMap<Slot, string>): FunctionOf {
    const { facts, token, context: outer } = it;
    const extent = facts.extent!;
    const { bindings, slots, functions, classes, objects } = extent;
    const copied: FunctionOf = { ...it, isOpen: true };
    const firsts = { node: this.solver.nodes(length(bindings) + length(slots)), function: this.functions.length, class: this.classes.length, object: this.objects };
    this.objects += length(objects);
    copied.context = outer.within(firsts, { outer, of: copied, extent, texts });
    this.declare(copied.context, functions, classes);
    copied.self = facts.self === NO_SLOT ? this.solver.node() : copied.context.node(facts.self);
    copied.result = copied.context.node(facts.result);
    // Where it names itself.
    this.solver.add(copied.context.node(facts.result + 1), token);
    return copied;
  } // prettier-ignore

  private declare(context: Context, functions: Range, classes: Range): void {
    const { heap, solver } = this;
    const { file } = context;
    const facts = this.files[file];
    const base = this.contexts[file];
    for (let index = functions[0]; index < functions[1]; index++) {
      const it = facts.functions[index];
      const token = heap.token('function', this.functions.length);
      const self = it.self === NO_SLOT ? solver.node() : context.node(it.self);
      const origin = context === base ? token : this.functions[base.function(index)].token;
      this.functions.push({ file, facts: it, token, self, result: context.node(it.result), context, origin, isOpen: false });
    }
    for (let index = classes[0]; index < classes[1]; index++) {
      const { maker, fields, base: extended } = facts.classes[index];
      const token = heap.token('class', this.classes.length);
      this.classes.push({ file, token, maker: maker < 0 ? -1 : context.function(maker), fields: fields < 0 ? -1 : context.function(fields), base: context.node(extended) });
    }
  } // prettier-ignore

  /** Puts what is said in a part of a file among the constraints. */
  constrain(context: Context, { holds, flows, loads, stores, inherits, classes }: Part): void {
    const { heap, solver } = this;
    const file = this.files[context.file];
    const tokenOf = (thing: number): number => {
      const at = thing >> 2;
      if ((thing & 3) === ThingKind.FUNCTION) return this.functions[context.function(at)].token;
      if ((thing & 3) === ThingKind.CLASS) return this.classes[context.class(at)].token;
      return heap.token('object', context.object(at));
    };
    const held = new Map(file.holds.slice(...holds).map(([slot, thing]) => [slot, tokenOf(thing)]));
    for (const { object, name, own, of } of file.stores.slice(...stores)) {
      const token = held.get(object);
      if (own && token !== undefined)
        heap.declare(of === 'prototype' ? heap.token('prototype', token) : token, name);
    }
    for (let index = classes[0]; index < classes[1]; index++) {
      const { token, base, fields } = this.classes[context.class(index)];
      if (fields >= 0) solver.add(this.functions[fields].self, heap.token('instance', token));
      if (base !== NO_SLOT) this.extend(token, base);
    }
    for (const [slot, token] of held) solver.add(context.node(slot), token);
    for (const [from, to] of file.flows.slice(...flows)) {
      this.flows.push(context.node(from), context.node(to));
      solver.edge(context.node(from), context.node(to));
    }
    for (const [child, parent] of file.inherits.slice(...inherits)) this.inherit(context.node(child), context.node(parent));
    for (const load of file.loads.slice(...loads)) this.load(context, load);
    for (const store of file.stores.slice(...stores)) if (store.from !== NO_SLOT) this.store(context, store);
  } // prettier-ignore

  private load(context: Context, load: Load): void {
    const [object, to] = [context.node(load.object), context.node(load.to)];
    const name = context.name(load.name, load.key);
    this.reads.push({ name, object, to });
    this.solver.watch(object, (token) => this.heap.read(token, name, to));
  }

  private store(context: Context, store: Store): void {
    const { heap, solver } = this;
    const { of, own, key } = store;
    const name = context.name(store.name, key);
    const from = context.node(store.from);
    const known = this.stores.get(name);
    if (known === undefined) this.stores.set(name, [from]);
    else known.push(from);
    solver.watch(context.node(store.object), (token) => {
      const holder = of === 'prototype' ? heap.token('prototype', token) : token;
      if (name === ANY && of !== 'element') heap.writtenByName(holder);
      this.put(holder, name, from, own);
    });
  }

  /** The first has, beside its own, the members of the second. */
  inherit(child: number, parent: number): void {
    this.solver.watch(child, (token) => {
      if (!this.heap.isAnybodys(token)) this.solver.edge(parent, this.heap.parentsOf(token));
    });
  }

  extend(token: number, base: number): void {
    const { heap, solver } = this;
    solver.edge(base, heap.parentsOf(token));
    const prototype = heap.parentsOf(heap.token('prototype', token));
    solver.watch(base, (of) => {
      heap.read(of, 'prototype', prototype);
      if (heap.kind[of] === 'class' || heap.kind[of] === 'function')
        solver.edge(this.instancesOf(token), this.instancesOf(of));
    });
  }

  /** Node of what `this` may be in methods of a class: its instances, and those of what extends it. */
  private instancesOf(token: number): number {
    const known = this.instances.get(token);
    if (known !== undefined) return known;
    const node = this.solver.node();
    this.instances.set(token, node);
    this.solver.add(node, this.heap.token('instance', token));
    return node;
  }

  /** @param own a function that is written as a member of this has it for `this` */
  put(token: number, name: string, from: number, own = false): void {
    const { heap, solver } = this;
    if (heap.isAnybodys(token)) return;
    solver.edge(from, heap.member(token, name));
    if (name === '__proto__') solver.edge(from, heap.parentsOf(token));
    if (!own) return;
    const instances = heap.kind[token] === 'prototype' ? this.instancesOf(heap.of[token]) : -1;
    solver.watch(from, (value) => {
      if (heap.kind[value] !== 'function') return;
      const { self } = this.functions[heap.of[value]];
      if (instances >= 0) solver.edge(instances, self);
      else solver.add(self, token);
    });
  }

  /** What `module.exports` is, of a file. */
  exportsOf(file: number): number {
    const { heap } = this;
    return heap.member(heap.token('module', file), 'exports');
  }

  private connect(file: CallFacts, index: number, target: Target): void {
    const { heap, solver } = this;
    const namespace = heap.token('namespace', index);
    const exports = heap.token('exports', index);
    solver.add(this.exportsOf(index), exports);
    if (!file.isModule) solver.add(this.node(index, file.functions[0].self), exports);
    for (const [name, slot] of file.globals) this.global(name, this.node(index, slot), index);
    for (const { specifier, name, to } of file.imports) {
      const found = this.fileOf.get(target(file.path, specifier) ?? '');
      if (found === undefined) this.importOutside(specifier, name, this.node(index, to));
      else this.importFrom(found, name, this.node(index, to));
    }
    for (const { name, from, specifier, imported } of file.exports) {
      const found = specifier === null ? undefined : this.fileOf.get(target(file.path, specifier) ?? '');
      if (specifier === null) {
        const node = this.node(index, from);
        solver.edge(node, name === 'export =' ? this.exportsOf(index) : heap.member(namespace, name));
      } else if (found === undefined) {
        if (name !== '*') this.importOutside(specifier, imported, heap.member(namespace, name));
      } else if (name === '*') {
        solver.add(heap.parentsOf(namespace), heap.token('namespace', found));
        solver.edge(this.exportsOf(found), heap.parentsOf(namespace));
      } else this.importFrom(found, imported, heap.member(namespace, name));
    }
  }

  /** A module is what it exports, in either way of saying so. */
  private importFrom(file: number, name: string, to: number): void {
    const { heap, solver } = this;
    const namespace = heap.token('namespace', file);
    const exports = this.exportsOf(file);
    if (name === '*' || name === 'import()' || name === 'require') {
      if (this.files[file].exports.length > 0) solver.add(to, namespace);
      solver.edge(exports, to);
      return;
    }
    heap.read(namespace, name, to);
    if (name === 'default') solver.edge(exports, to);
    solver.watch(exports, (token) => heap.read(token, name, to));
  }

  private importOutside(specifier: string, name: string, to: number): void {
    if (specifier.startsWith('.') || specifier.startsWith('/')) return;
    const words = outsideName(specifier);
    const isAll = name === '*' || name === 'default' || name === 'require' || name === 'import()';
    this.solver.add(to, this.heap.outside(isAll ? words : `${words}.${name}`));
  }

  /** A name that no file declares: of CommonJS, of the host, or of another script. */
  private global(name: string, node: number, file: number): void {
    const { heap, solver } = this;
    if (name === 'module') solver.add(node, heap.token('module', file));
    else if (name === 'exports') solver.add(node, heap.token('exports', file));
    else {
      let shared = this.globals.get(name);
      if (shared === undefined) {
        this.globals.set(name, (shared = solver.node()));
        solver.add(shared, heap.outside(name));
      }
      solver.edge(shared, node);
      solver.edge(node, shared);
    }
  }
}

const length = ([from, to]: Range): number => to - from;
