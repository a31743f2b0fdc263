/** What patterns of others see of a text: `PatternNode` over the columns of its tree. Made when it is asked for, and gone after; nothing of it can be changed. */
import type { PatternNode } from '../../../base/extension/index.ts';
import { childAt, childrenOf, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import { FIELD_NAMES, KIND_NAMES } from '../../tree/kinds.ts';
import { bindingOf, placesOf } from '../facts/bindings.ts';
import { handledBy } from '../facts/handlers.ts';
import { baseOf, calleeText, importOf, isCall, isGlobal } from '../facts/names.ts';
import { loopAround, nodesIn } from '../facts/places.ts';
import { givesPromise } from '../facts/promises.ts';
import type { Project, Ref } from '../project.ts';
import type { Source } from '../source.ts';

/** What stands around an expression and says nothing of its own, as far as a pattern is concerned. */
const THROUGH: ReadonlySet<string> = new Set([
  'ParenthesizedExpression',
  'ChainExpression',
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
]);

export class Cursor implements PatternNode {
  readonly #file: Source;
  readonly #node: number;
  readonly #project: Project;

  constructor(file: Source, node: number, project: Project) {
    this.#file = file;
    this.#node = node;
    this.#project = project;
  }

  /** Where it stands; undefined: it is no cursor of ours. */
  static placeOf(value: unknown): Ref | undefined {
    return value instanceof Cursor ? { file: value.#file, node: value.#node } : undefined;
  }

  get type(): string {
    return KIND_NAMES[this.#file.tree.kind[this.#node]];
  }
  get path(): string {
    return this.#file.path;
  }
  get line(): number {
    return this.#file.lineOf(this.#node);
  }
  get text(): string {
    const { tree, text } = this.#file;
    return text.slice(tree.start[this.#node], tree.end[this.#node]);
  }
  get value(): string {
    return textOf(this.#file.tree, this.#node);
  }
  get inTest(): boolean {
    return this.#file.isTest;
  }

  get parent(): Cursor | null {
    return this.#at(this.#file.tree.parent[this.#node]);
  }
  children(field?: string): Cursor[] {
    const { tree } = this.#file;
    const number = field === undefined ? undefined : FIELD_NAMES.indexOf(field);
    return childrenOf(tree, this.#node, number).map((child) => this.#at(child)!);
  }
  child(field: string): Cursor | null {
    return this.#at(childAt(this.#file.tree, this.#node, FIELD_NAMES.indexOf(field)));
  }
  find(...types: string[]): Cursor[] {
    const kinds = types.map((type) => KIND_NAMES.indexOf(type as never)).filter((kind) => kind >= 0);
    const found = kinds.flatMap((kind) => nodesIn(this.#file.tree, this.#node, kind));
    return found
      .filter((node) => node !== this.#node)
      .toSorted((a, b) => a - b)
      .map((node) => this.#at(node)!);
  }
  within(...types: string[]): Cursor | null {
    const { tree } = this.#file;
    for (let at = tree.parent[this.#node]; at > NONE; at = tree.parent[at]!) {
      if (types.includes(KIND_NAMES[tree.kind[at]])) return this.#at(at);
      if (isFunction(tree, at)) return null;
    }
    return null;
  }
  is(other: PatternNode | null): boolean {
    const place = Cursor.placeOf(other);
    return place !== undefined && place.file === this.#file && place.node === this.#node;
  }

  get callee(): string {
    return isCall(this.#file.tree, this.#node) ? calleeText(this.#file.tree, this.#node) : '';
  }
  get importedFrom(): { specifier: string; name: string } | null {
    return importOf(this.#file, baseOf(this.#file.tree, this.#node));
  }
  get isGlobal(): boolean {
    return isGlobal(this.#file, this.#node);
  }
  get references(): Cursor[] {
    const binding = bindingOf(this.#file, this.#node);
    return binding < 0 ? [] : placesOf(this.#file, binding).map((node) => this.#at(node)!);
  }
  get definition(): Cursor | null {
    const { tree } = this.#file;
    return this.#of(
      isCall(tree, this.#node)
        ? this.#project.callee(this.#file, this.#node)
        : this.#project.valueOf(this.#file, this.#node),
    );
  }
  get givesPromise(): boolean {
    return givesPromise(this.#file, this.#node, this.#project);
  }
  get isAwaited(): boolean {
    const { tree } = this.#file;
    let at = tree.parent[this.#node];
    while (at > NONE && THROUGH.has(KIND_NAMES[tree.kind[at]])) at = tree.parent[at]!;
    return at > NONE && tree.kind[at] === Kind.AwaitExpression;
  }
  get loop(): Cursor | null {
    return this.#at(loopAround(this.#file, this.#node));
  }
  get function(): PatternNode['function'] {
    const owner = this.#owner();
    if (owner === 0) return null;
    const known = this.#file.functionOf(owner);
    return { name: known?.name ?? '', id: known?.id ?? null, node: this.#at(owner)! };
  }
  get handler(): Cursor | null {
    const owner = this.#owner();
    return owner === 0 ? null : this.#of(handledBy(this.#project)({ file: this.#file, node: owner }));
  }

  #owner(): number {
    return isFunction(this.#file.tree, this.#node) ? this.#node : this.#file.owner[this.#node];
  }
  #at(node: number): Cursor | null {
    return node < 0 ? null : new Cursor(this.#file, node, this.#project);
  }
  #of(ref: Ref | null): Cursor | null {
    return ref === null ? null : new Cursor(ref.file, ref.node, this.#project);
  }
}
