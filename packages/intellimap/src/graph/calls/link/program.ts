/** All files together: their slots as nodes, their functions and classes as tokens, what leads from one to the other. */
import { type CallFacts, type CallSite, type FunctionFacts, NO_SLOT, type Slot, ThingKind } from '../facts.ts'; // prettier-ignore
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
}

export class Program {
  readonly files: readonly CallFacts[];
  readonly solver = new Solver();
  readonly heap: Heap;
  /** By file: the node of its first slot. */
  readonly first: number[] = [];
  /** By file: number of its first function. */
  private readonly firstFunction: number[] = [];
  private readonly firstClass: number[] = [];
  readonly functions: FunctionOf[] = [];
  readonly classes: { file: number; token: number; maker: number; fields: number; base: number }[] = [];
  private readonly fileOf: Map<string, number>;
  private readonly globals = new Map<string, number>();
  private readonly instances = new Map<number, number>();
  private stores: Map<string, number[]> | undefined;
  private objects = 0;

  constructor(files: readonly CallFacts[], target: Target) {
    this.files = files;
    this.heap = new Heap(this.solver);
    this.fileOf = new Map(files.map(({ path }, index) => [path, index]));
    for (const [index, file] of files.entries()) this.declare(file, index);
    for (const [index, file] of files.entries()) this.constrain(file, index);
    for (const [index, file] of files.entries()) this.connect(file, index, target);
  }

  /** Nodes of all that is written to a member of a name, of whatever. */
  storesNamed(name: string): readonly number[] {
    if (this.stores === undefined) {
      this.stores = new Map();
      for (const [index, { stores }] of this.files.entries())
        for (const { name: of, from } of stores) {
          if (from === NO_SLOT) continue;
          const known = this.stores.get(of);
          if (known === undefined) this.stores.set(of, [this.node(index, from)]);
          else known.push(this.node(index, from));
        }
    }
    return this.stores.get(name) ?? [];
  }

  /** Node of a slot. */
  node(file: number, slot: Slot): number {
    return slot === NO_SLOT ? NO_SLOT : this.first[file] + slot;
  }

  functionOf(file: number, index: number): FunctionOf {
    return this.functions[this.firstFunction[file] + index];
  }

  /** An object that nobody wrote down. */
  newObject(): number {
    return this.heap.token('object', this.objects++);
  }

  private declare(file: CallFacts, index: number): void {
    const { heap, solver } = this;
    this.first.push(solver.nodes(file.slots));
    this.firstFunction.push(this.functions.length);
    this.firstClass.push(this.classes.length);
    for (const facts of file.functions) {
      const token = heap.token('function', this.functions.length);
      const self = facts.self === NO_SLOT ? solver.node() : this.node(index, facts.self);
      this.functions.push({ file: index, facts, token, self, result: this.node(index, facts.result) });
    }
    for (const { maker, fields, base } of file.classes) {
      const token = heap.token('class', this.classes.length);
      const from = this.firstFunction[index];
      this.classes.push({ file: index, token, maker: maker < 0 ? -1 : from + maker, fields: fields < 0 ? -1 : from + fields, base: this.node(index, base) });
    }
  } // prettier-ignore

  private constrain(file: CallFacts, index: number): void {
    const { heap, solver } = this;
    const objects = this.objects;
    this.objects += file.objects;
    const tokenOf = (thing: number): number => {
      const at = thing >> 2;
      if ((thing & 3) === ThingKind.FUNCTION) return this.functions[this.firstFunction[index] + at].token;
      if ((thing & 3) === ThingKind.CLASS) return this.classes[this.firstClass[index] + at].token;
      return heap.token('object', objects + at);
    };
    const held = new Map(file.holds.map(([slot, thing]) => [slot, tokenOf(thing)]));
    for (const { object, name, own, of } of file.stores) {
      const token = held.get(object);
      if (own && token !== undefined)
        heap.declare(of === 'prototype' ? heap.token('prototype', token) : token, name);
    }
    for (const { token, base, fields } of this.classes.slice(this.firstClass[index])) {
      if (fields >= 0) solver.add(this.functions[fields].self, heap.token('instance', token));
      if (base !== NO_SLOT) this.extend(token, base);
    }
    for (const [slot, token] of held) solver.add(this.node(index, slot), token);
    for (const [from, to] of file.flows) solver.edge(this.node(index, from), this.node(index, to));
    for (const [child, parent] of file.inherits) this.inherit(this.node(index, child), this.node(index, parent));
    for (const load of file.loads) {
      const to = this.node(index, load.to);
      solver.watch(this.node(index, load.object), (token) => heap.read(token, load.name, to));
    }
    for (const { object, name, from, of, own } of file.stores)
      if (from !== NO_SLOT) solver.watch(this.node(index, object), (token) =>
        this.put(of === 'prototype' ? heap.token('prototype', token) : token, name, this.node(index, from), own),
      );
  } // prettier-ignore

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

/** A call site, and whose it is. */
export interface SiteOf {
  file: number;
  site: CallSite;
  /** Nodes. */
  args: number[];
  callee: number;
  object: number;
  result: number;
  owner: FunctionOf;
}

export function sitesOf(program: Program): SiteOf[] {
  return program.files.flatMap((file, index) =>
    file.sites.map((site) => ({
      file: index,
      site,
      args: site.args.map((slot) => program.node(index, slot)),
      callee: program.node(index, site.callee),
      object: program.node(index, site.object),
      result: program.node(index, site.result),
      owner: program.functionOf(index, site.owner),
    })),
  );
}
