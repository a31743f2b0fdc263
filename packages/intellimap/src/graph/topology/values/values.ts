/**
 * What a value may be: from an expression back to those that make it, through variables, parameters (all arguments that callers of the workspace hand over),
 * results, properties of objects and of `this`, elements of lists, imports. On demand and bounded: what takes too many steps is not known.
 *
 * Not the call graph's flow of values (`graph/calls`): that one follows functions forwards through all files at once, and knows nothing of what packages make.
 */
import { BindingKind } from '../../scopes/scopes.ts';
import { bareNode, childAt, childrenOf, Field, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import { propertyName, requiredBy } from '../../patterns/facts/names.ts';
import { nodesIn, returnedBy } from '../../patterns/facts/places.ts';
import type { Project, Ref } from '../../patterns/project.ts';
import type { Source } from '../../patterns/source.ts';
import { Callers } from './callers.ts';
import { isComputing } from './counted.ts';
import { exportedBy } from './exported.ts';
import { type Frame, isOutside, keyOf, type Made, UNKNOWN } from './made.ts';
import { elementsOf, isElementOf, mayBeList } from './elements.ts';
import { sourcesOfName } from './variables.ts';
import { valuesOfProperty } from './properties.ts';
import { passedOn } from './passed-on.ts';

/** Steps of one question, steps within each other (each takes up to 4 kB of the stack, of which a megabyte is there), calls looked into one in another, and answers. */
const STEPS = 4000;
const NESTED = 100;
const DEEP = 6;
const ANSWERS = 24;

export class Values {
  readonly project: Project;
  readonly callers: Callers;
  readonly #known = new Map<Source, Map<number, Made[]>>();
  readonly #active = new Set<string>();
  #steps = 0;

  constructor(project: Project) {
    this.project = project;
    this.callers = new Callers(project);
    this.callers.complete((file, call) => {
      this.#steps = 0;
      return this.functionsAt(file, call, null);
    });
    this.#known.clear();
  }

  /** Each once, in no order that matters; none: nobody knows. */
  of(file: Source, expression: number, frame: Frame | null = null): Made[] {
    if (this.#active.size > 0) return this.from(file, expression, frame);
    let known = this.#known.get(file);
    if (known === undefined) this.#known.set(file, (known = new Map()));
    const before = frame === null ? known.get(expression) : undefined;
    if (before !== undefined) return before;
    this.#steps = 0;
    const all = new Map(this.from(file, expression, frame).map((each) => [keyOf(each), each]));
    const answer = [...all.values()].slice(0, ANSWERS);
    if (frame === null) known.set(expression, answer);
    return answer;
  }

  /** What a property of a value may be. */
  property(of: Made, name: string): Made[] {
    this.#steps = 0;
    return valuesOfProperty(this, of, name);
  }

  /** What elements of a list may be. */
  elements(file: Source, expression: number, frame: Frame | null = null): Made[] {
    this.#steps = 0;
    return elementsOf(this, file, expression, frame);
  }

  /** As `of`, from within. */
  from(file: Source, expression: number, frame: Frame | null): Made[] {
    const node = bareNode(file.tree, expression);
    if (node === NONE || ++this.#steps > STEPS) return [];
    return this.once('', { file, node, frame }, () => this.#step(file, node, frame));
  }

  /** What something is made of, unless that is asked already, by the same question, or too many questions lie around it. */
  once(question: string, { file, node, frame }: Made, find: () => Made[]): Made[] {
    const key = `${file.path}:${node}:${frame?.call ?? ''}:${frame?.depth ?? ''}:${question}`;
    if (this.#active.size >= NESTED || this.#active.has(key)) return [];
    this.#active.add(key);
    try {
      return find();
    } finally {
      this.#active.delete(key);
    }
  }

  all(file: Source, nodes: readonly number[], frame: Frame | null): Made[] {
    return nodes.flatMap((node) => this.from(file, node, frame));
  }

  /** The frame in which a function runs for a call; null: too deep. */
  inside(fn: Ref, file: Source, call: number, outer: Frame | null): Frame | null {
    const depth = (outer?.depth ?? 0) + 1;
    return depth > DEEP || outer === UNKNOWN ? null : { fn: fn.node, of: fn.file, call, file, outer, depth };
  }

  #step(file: Source, node: number, frame: Frame | null): Made[] {
    const { tree } = file;
    const here = [{ file, node, frame }];
    const part = (field: number): Made[] => this.from(file, childAt(tree, node, field), frame);
    switch (tree.kind[node]) {
      case Kind.Identifier:
        return this.#named(file, node, frame);
      case Kind.MemberExpression:
        return this.#member(file, node, frame);
      case Kind.CallExpression:
      case Kind.ImportExpression:
        return this.#called(file, node, frame);
      case Kind.AwaitExpression:
        return part(Field.argument);
      case Kind.ConditionalExpression:
        return [...part(Field.consequent), ...part(Field.alternate)];
      case Kind.LogicalExpression:
        return [...part(Field.left), ...part(Field.right)];
      case Kind.AssignmentExpression:
        return isComputing(tree, node) ? here : part(Field.right);
      case Kind.SequenceExpression:
        return this.from(file, childrenOf(tree, node).at(-1)!, frame);
      default:
        return here;
    }
  }

  #named(file: Source, node: number, frame: Frame | null): Made[] {
    const { tree, scopes } = file;
    const binding = scopes.bindingOf[node];
    if (binding < 0) return textOf(tree, node) === 'undefined' ? [] : [{ file, node, frame }];
    const declared = scopes.bindings.node[binding];
    switch (scopes.bindings.kind[binding]) {
      case BindingKind.FUNCTION:
      case BindingKind.CLASS:
      case BindingKind.SELF:
        return [{ file, node: tree.parent[declared], frame: null }];
      case BindingKind.IMPORT:
        return this.#imported(file, node, declared);
      default:
        return sourcesOfName(this, file, binding, frame);
    }
  }

  #imported(file: Source, node: number, declared: number): Made[] {
    const { tree } = file;
    const above = tree.parent[declared];
    const source = childAt(tree, tree.parent[above], Field.source);
    const module = source === NONE ? null : this.project.fileAt(file, textOf(tree, source));
    if (module === null) return [{ file, node, frame: null }];
    const imported = childAt(tree, above, Field.imported);
    const isAll = tree.kind[above] === Kind.ImportNamespaceSpecifier;
    return this.exported(module, isAll ? '*' : imported === NONE ? 'default' : textOf(tree, imported));
  }

  /** What a module of the workspace exports by a name. */
  exported(module: Source, name: string): Made[] {
    const ref = exportedBy(this.project, module, name);
    if (ref === null) return [];
    return ref.node === 0 ? [{ ...ref, frame: null }] : this.from(ref.file, ref.node, null);
  }

  #member(file: Source, node: number, frame: Frame | null): Made[] {
    const { tree } = file;
    const object = childAt(tree, node, Field.object);
    const name = propertyName(tree, node);
    if (name === null) return elementsOf(this, file, object, frame);
    const objects = this.from(file, object, frame);
    const found = objects.flatMap((each) => valuesOfProperty(this, each, name));
    // Of what something outside made, the property is what is known.
    return found.length > 0 || !objects.some(isOutside) ? found : [{ file, node, frame }];
  }

  #called(file: Source, node: number, frame: Frame | null): Made[] {
    const { tree } = file;
    const here = [{ file, node, frame }];
    const specifier = requiredBy(tree, node);
    if (specifier !== null) {
      const module = this.project.fileAt(file, specifier);
      return module === null ? here : this.exported(module, '*');
    }
    if (tree.kind[node] === Kind.ImportExpression) return here;
    if (isElementOf(tree, node)) {
      const object = childAt(tree, bareNode(tree, childAt(tree, node, Field.callee)), Field.object);
      const isList = this.from(file, object, frame).every(mayBeList);
      const found = isList ? elementsOf(this, file, object, frame) : [];
      if (found.length > 0) return found;
    }
    const same = passedOn(tree, node);
    if (same !== NONE) {
      const found = this.from(file, same, frame);
      if (found.length > 0) return found;
    }
    const functions = this.functionsAt(file, node, frame);
    return functions.length === 0 ? here : functions.flatMap((fn) => this.#returned(fn, file, node, frame));
  }

  /** Functions of the workspace that a call runs. */
  functionsAt(file: Source, call: number, frame: Frame | null): Made[] {
    const callee = this.from(file, childAt(file.tree, call, Field.callee), frame);
    const found = callee.filter((each) => isFunction(each.file.tree, each.node));
    if (found.length > 0 || callee.length > 0) return found;
    const only = this.project.calledFunction(file, call);
    return only === null ? [] : [{ ...only, frame: null }];
  }

  #returned(fn: Made, file: Source, call: number, outer: Frame | null): Made[] {
    const frame = this.inside(fn, file, call, outer);
    if (frame === null) return [];
    const { tree } = fn.file;
    // What stands around a closure is known where that was made: its own frame is not kept, callers are asked instead.
    const returned = returnedBy(tree, fn.node);
    const thrown = nodesIn(tree, fn.node, Kind.YieldExpression).map((at) =>
      childAt(tree, at, Field.argument),
    );
    return this.all(fn.file, [...returned, ...thrown], frame);
  }
}
