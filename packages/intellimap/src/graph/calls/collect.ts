/** What is collected of a file while its tree is looked at. */
import type { Scopes } from '../scopes/scopes.ts';
import { BindingKind, GLOBAL } from '../scopes/scopes.ts';
import { bareNode, Kind, textOf, type Tree } from '../tree/tree.ts';
import type { Descriptors } from './copies.ts';
import { isAwaited, Repeats } from './repeats.ts';
import { ANY, type CallFacts, type CallSite, ELEMENT, type FunctionFacts, NO_SLOT, type Slot, type Store, type Thing, thing, ThingKind, type Via } from './facts.ts'; // prettier-ignore

/** What recordings call the functions of a file, and where offsets are. */
export interface FileIds {
  path: string;
  /** Id of the module's body. */
  module: string;
  /** Id of the function, or static block, at a node; undefined: recordings know none there. */
  functionId: (node: number) => string | undefined;
  position: (offset: number) => { line: number; column: number };
  isModule: boolean;
}

/** Whose code is looked at. */
export interface Place {
  /** Number of the function. */
  owner: number;
  self: Slot;
  result: Slot;
  /** Of a generator: what it yields. */
  yields: Slot;
  /** Class around it: `super` is what this extends. */
  cls: { base: Slot; isStatic: boolean } | null;
  /** Object of the namespace around it. */
  namespace: Slot;
}

interface StoreFacts {
  key?: Slot;
  of?: Store['of'];
  own?: boolean;
  /** Also when nothing that is followed is written. */
  evenNothing?: boolean;
}

export type Visitor = (node: number, into: Collector) => Slot;

export class Collector {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly ids: FileIds;
  readonly facts: CallFacts;
  place: Place;
  /** Functions around, innermost last. */
  readonly around: FunctionFacts[] = [];
  readonly descriptors: Descriptors = new Map();
  readonly namesHandedOn: FunctionFacts[] = [];
  /** By binding: what it was declared with. */
  private readonly madeBy: Map<Slot, Via> = new Map();
  private countedBindings: Set<Slot> | undefined;
  private readonly undecided: [CallSite, binding: Slot][] = [];
  private readonly globals = new Map<string, Slot>();
  /** By the name of a function or class: the binding that it is within. */
  private readonly selves = new Map<number, Slot>();
  /** By function: binding of its `arguments`. */
  readonly argumentsOf = new Map<number, Slot>();

  private readonly repeats: Repeats;
  private readonly visit: Visitor;

  /** @param visit looks at a node, whatever it is: values.ts, which knows all kinds */
  constructor(tree: Tree, scopes: Scopes, ids: FileIds, visit: Visitor) {
    this.visit = visit;
    this.repeats = new Repeats(tree);
    this.tree = tree;
    this.scopes = scopes;
    this.ids = ids;
    this.facts = {
      path: ids.path, slots: scopes.bindings.size, functions: [], classes: [], objects: 0, holds: [], flows: [], loads: [], stores: [], inherits: [], sites: [], imports: [],
      exports: [], globals: [], isModule: ids.isModule,
    }; // prettier-ignore
    const { kind, node, size } = scopes.bindings;
    for (let binding = 0; binding < size; binding++)
      if (kind[binding] === BindingKind.ARGUMENTS) this.argumentsOf.set(node[binding], binding);
      else if (kind[binding] === BindingKind.SELF) this.selves.set(node[binding], binding);
    const [self, result] = [this.slot(), this.slot()];
    this.facts.functions.push({
      id: ids.module,
      parameters: [],
      rest: [],
      self,
      result,
      gives: [],
      copies: [],
      extent: null,
      body: null,
    });
    this.place = { owner: 0, self, result, yields: NO_SLOT, cls: null, namespace: NO_SLOT };
  }

  /** Where the value of a node lies; all that is in it is looked at. */
  value(node: number): Slot {
    return this.visit(node, this);
  }

  slot(): Slot {
    return this.facts.slots++;
  }

  /** A slot with something in it. */
  holding(what: Thing): Slot {
    const slot = this.slot();
    this.facts.holds.push([slot, what]);
    return slot;
  }

  object(): Slot {
    return this.holding(thing(ThingKind.OBJECT, this.facts.objects++));
  }

  flow(from: Slot, to: Slot): void {
    if (from !== NO_SLOT && to !== NO_SLOT && from !== to) this.facts.flows.push([from, to]);
  }

  /** One slot for what is in several. */
  either(slots: readonly Slot[]): Slot {
    const known = slots.filter((slot) => slot !== NO_SLOT);
    if (known.length < 2) return known[0] ?? NO_SLOT;
    const to = this.slot();
    for (const slot of known) this.flow(slot, to);
    return to;
  }

  load(object: Slot, name: string, node: number, key: Slot = NO_SLOT): Slot {
    if (object === NO_SLOT) return NO_SLOT;
    const to = this.slot();
    this.facts.loads.push({ object, name, key, to, ...this.at(node) });
    return to;
  }

  store(object: Slot, name: string, from: Slot, node: number, { of = 'object', own = false, evenNothing = false, key = NO_SLOT }: StoreFacts = {}): void {
    if (object === NO_SLOT || (from === NO_SLOT && !evenNothing)) return;
    const isElement = name === ELEMENT;
    this.facts.stores.push({ object, name: isElement ? ANY : name, key, from, of: isElement ? 'element' : of, own, ...this.at(node) });
  } // prettier-ignore

  site(node: number, about: Pick<CallSite, 'form' | 'via' | 'text'> & Partial<CallSite>, binding: Slot = NO_SLOT): Slot {
    const result = this.slot();
    const site: CallSite = { callee: NO_SLOT, object: NO_SLOT, name: '', args: [], spread: -1, result, literals: [], loop: this.repeats.of(node), isAwaited: isAwaited(this.tree, node), ...this.at(node), ...about };
    this.facts.sites.push(site);
    if (binding !== NO_SLOT) this.undecided.push([site, binding]);
    return result;
  } // prettier-ignore

  /** The variable that an identifier means. */
  variable(node: number): Slot {
    const binding = this.scopes.bindingOf[node];
    if (binding >= 0) return binding;
    return binding === GLOBAL ? this.global(textOf(this.tree, node)) : NO_SLOT;
  }

  /** A variable that is counted up or down somewhere: a number. */
  isCounted(node: number): boolean {
    const binding = this.tree.kind[node] === Kind.Identifier ? this.scopes.bindingOf[node] : NO_SLOT;
    return binding >= 0 && this.counted().has(binding);
  }

  private counted(): Set<Slot> {
    if (this.countedBindings !== undefined) return this.countedBindings;
    const { tree, scopes } = this;
    const all = (this.countedBindings = new Set<Slot>());
    for (let node = 0; node < tree.size; node++) {
      const kind = tree.kind[node];
      const isCount =
        kind === Kind.UpdateExpression || (kind === Kind.AssignmentExpression && textOf(tree, node) === '-=');
      if (isCount && scopes.bindingOf[bareNode(tree, node + 1)] >= 0)
        all.add(scopes.bindingOf[bareNode(tree, node + 1)]);
    }
    return all;
  }

  /** The parameter that a node is the name of, where it is never written: each caller says what it is. */
  parameter(node: number): Slot {
    const binding = this.tree.kind[node] === Kind.Identifier ? this.scopes.bindingOf[node] : NO_SLOT;
    if (binding < 0) return NO_SLOT;
    const { kind, writes } = this.scopes.bindings;
    return kind[binding] === BindingKind.PARAMETER && writes[binding] <= 1 ? binding : NO_SLOT;
  }

  /** A function or class has a name: around it, within it, or both. */
  named(name: number, held: Slot): void {
    this.flow(held, this.variable(name));
    this.flow(held, this.selves.get(name) ?? NO_SLOT);
  }

  isGlobal(node: number, name: string): boolean {
    return (
      this.tree.kind[node] === Kind.Identifier &&
      this.scopes.bindingOf[node] === GLOBAL &&
      textOf(this.tree, node) === name
    );
  }

  /** Says what a variable was declared with, for those that are written only then. */
  made(binding: Slot, by: Via): void {
    this.madeBy.set(binding, by);
  }

  /** Runs `inside` for the code of another function. */
  within(place: Partial<Place>, inside: () => void): void {
    const outer = this.place;
    this.place = { ...outer, ...place };
    inside();
    this.place = outer;
  }

  finished(): CallFacts {
    for (const [site, binding] of this.undecided) site.via = this.viaOf(binding);
    for (const [name, slot] of this.globals) this.facts.globals.push([name, slot]);
    return this.facts;
  }

  /** What is called by the name of a variable. To be asked when the whole file was seen. */
  viaOf(binding: Slot): Via {
    const { kind, writes, size } = this.scopes.bindings;
    if (binding >= size) return 'value';
    const is = kind[binding];
    if (is === BindingKind.IMPORT) return 'import';
    if (is === BindingKind.PARAMETER) return 'parameter';
    if (writes[binding] > 1) return 'value';
    const isDeclared = is === BindingKind.FUNCTION || is === BindingKind.CLASS || is === BindingKind.SELF;
    return isDeclared ? 'direct' : (this.madeBy.get(binding) ?? 'value');
  }

  private global(name: string): Slot {
    if (name === 'undefined') return NO_SLOT;
    const known = this.globals.get(name);
    if (known !== undefined) return known;
    const slot = this.slot();
    this.globals.set(name, slot);
    return slot;
  }

  /** Line and column where a node begins. */
  begin(node: number): [line: number, column: number] {
    const { line, column } = this.ids.position(this.tree.start[node]);
    return [line, column];
  }

  private at(node: number): { owner: number; line: number; column: number } {
    const [line, column] = this.begin(node);
    return { owner: this.place.owner, line, column };
  }
}
