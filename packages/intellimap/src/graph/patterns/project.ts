/** All files together, and what a name in one of them means in another. Pure: who resolves specifiers is given. */
import { BindingKind } from '../scopes/scopes.ts';
import {
  bareNode,
  childAt,
  childrenOf,
  Field,
  Flag,
  has,
  isFunction,
  Kind,
  NONE,
  textOf,
} from '../tree/tree.ts';
import { exportsOf } from './facts/exports.ts';
import { calleeName, functionName, propertyName, receiverText, requiredBy } from './facts/names.ts';
import { COMMON } from './facts/common.ts';
import type { Source } from './source.ts';

/** A node of a file: a function, a class, an object, or the program, which stands for what a module exports. */
export interface Ref {
  readonly file: Source;
  readonly node: number;
}

/** Names that lead to names: so many steps are followed. */
const STEPS = 8;

export class Project {
  readonly files: readonly Source[];
  readonly #byPath: ReadonlyMap<string, Source>;
  readonly #target: (from: string, specifier: string) => string | null;
  readonly #exports = new Map<Source, ReadonlyMap<string, Ref | { from: string; name: string }>>();
  /** Names that one method has, and no other. */
  #methods: ReadonlyMap<string, Ref | null> | undefined;
  readonly #memos = new Map<string, Map<Source, Map<number, unknown>>>();

  constructor(files: readonly Source[], target: (from: string, specifier: string) => string | null) {
    this.files = files;
    this.#byPath = new Map(files.map((file) => [file.path, file]));
    this.#target = target;
  }

  /** What is asked about a node again and again, computed once; `meanwhile` is the answer to who asks while it is computed. */
  once<T>(question: string, { file, node }: Ref, meanwhile: T, compute: () => T): T {
    let files = this.#memos.get(question);
    if (files === undefined) this.#memos.set(question, (files = new Map()));
    let known = files.get(file);
    if (known === undefined) files.set(file, (known = new Map()));
    if (known.has(node)) return known.get(node) as T;
    known.set(node, meanwhile);
    const answer = compute();
    known.set(node, answer);
    return answer;
  }

  fileAt(from: Source, specifier: string): Source | null {
    const path = this.#target(from.path, specifier);
    return path === null ? null : (this.#byPath.get(path) ?? null);
  }

  /** The function or class that a call or `new` runs; null: not known. */
  callee(file: Source, call: number): Ref | null {
    return this.valueOf(file, childAt(file.tree, call, Field.callee));
  }

  /** The function that a call runs. */
  calledFunction(file: Source, call: number): Ref | null {
    const ref = this.callee(file, call);
    if (ref !== null) return isFunction(ref.file.tree, ref.node) ? ref : null;
    return this.#onlyMethod(calleeName(file.tree, call), receiverText(file.tree, call));
  }

  /** Of an object of which nothing is known: the one method of the project that is called so. One word is what many things are called. */
  #onlyMethod(name: string, receiver: string): Ref | null {
    if (receiver === '' || !/[a-z][A-Z]/.test(name)) return null;
    this.#methods ??= methodsByName(this.files);
    return this.#methods.get(name) ?? null;
  }

  /** What an expression is: a function, class or object as it is written, an instance as its class; null: not known. */
  valueOf(file: Source, expression: number, steps = STEPS): Ref | null {
    const { tree } = file;
    const node = bareNode(tree, expression);
    if (node === NONE || steps === 0) return null;
    switch (tree.kind[node]) {
      case Kind.FunctionDeclaration:
      case Kind.FunctionExpression:
      case Kind.ArrowFunctionExpression:
      case Kind.ClassDeclaration:
      case Kind.ClassExpression:
      case Kind.ObjectExpression:
        return { file, node };
      case Kind.Identifier:
        return this.#named(file, node, steps);
      case Kind.ThisExpression:
        return holderAround(file, node);
      case Kind.NewExpression:
        return this.valueOf(file, childAt(tree, node, Field.callee), steps - 1);
      case Kind.AssignmentExpression:
        return this.valueOf(file, childAt(tree, node, Field.right), steps - 1);
      case Kind.AwaitExpression:
      case Kind.CallExpression: {
        const specifier = requiredBy(tree, node);
        const module = specifier === null ? null : this.fileAt(file, specifier);
        return module === null ? null : this.#moduleOf(module, steps);
      }
      case Kind.MemberExpression: {
        const name = propertyName(tree, node);
        const of = this.valueOf(file, childAt(tree, node, Field.object), steps - 1);
        return of === null || name === null ? null : this.member(of, name, steps - 1);
      }
      default:
        return null;
    }
  }

  member({ file, node }: Ref, name: string, steps = STEPS): Ref | null {
    const { tree } = file;
    if (steps === 0) return null;
    if (node === 0) return this.#exported(file, name, steps);
    const isClass = tree.kind[node] === Kind.ClassDeclaration || tree.kind[node] === Kind.ClassExpression;
    const members = isClass ? childrenOf(tree, childAt(tree, node, Field.body)) : childrenOf(tree, node);
    for (const member of members)
      if (propertyName(tree, member) === name && !isAccessor(textOf(tree, member)))
        return this.valueOf(file, childAt(tree, member, Field.value), steps - 1);
    const base = isClass ? childAt(tree, node, Field.superClass) : NONE;
    const above = base === NONE ? null : this.valueOf(file, base, steps - 1);
    return above === null ? null : this.member(above, name, steps - 1);
  }

  #named(file: Source, node: number, steps: number): Ref | null {
    const { tree, scopes } = file;
    const binding = scopes.bindingOf[node];
    if (binding < 0) return null;
    const declared = scopes.bindings.node[binding];
    const above = tree.parent[declared];
    switch (scopes.bindings.kind[binding]) {
      case BindingKind.FUNCTION:
      case BindingKind.CLASS:
      case BindingKind.SELF:
        return { file, node: above };
      case BindingKind.VAR:
      case BindingKind.LET:
      case BindingKind.CONST:
        return this.#declared(file, declared, steps);
      case BindingKind.IMPORT: {
        const statement = tree.parent[above];
        const source = childAt(tree, statement, Field.source);
        // `import a = require('b')` has none.
        const module = source === NONE ? null : this.fileAt(file, textOf(tree, source));
        if (module === null) return null;
        if (tree.kind[above] === Kind.ImportNamespaceSpecifier) return { file: module, node: 0 };
        const imported = childAt(tree, above, Field.imported);
        return this.#exported(module, imported === NONE ? 'default' : textOf(tree, imported), steps - 1);
      }
      default:
        return null;
    }
  }

  /** `const a = …`, `const { a } = …` */
  #declared(file: Source, declared: number, steps: number): Ref | null {
    const { tree } = file;
    const above = tree.parent[declared];
    if (tree.kind[above] === Kind.VariableDeclarator && tree.field[declared] === Field.id)
      return this.valueOf(file, childAt(tree, above, Field.init), steps - 1);
    const pattern = tree.kind[above] === Kind.Property ? tree.parent[above] : NONE;
    const declarator = pattern === NONE ? NONE : tree.parent[pattern];
    if (tree.kind[declarator] !== Kind.VariableDeclarator || tree.kind[pattern] !== Kind.ObjectPattern)
      return null;
    const of = this.valueOf(file, childAt(tree, declarator, Field.init), steps - 1);
    const name = propertyName(tree, above);
    return of === null || name === null ? null : this.member(of, name, steps - 1);
  }

  /** `module.exports = …` is what `require` gives; otherwise all names that it exports. */
  #moduleOf(file: Source, steps: number): Ref | null {
    const whole = this.#exportsOf(file).get('module.exports');
    return whole === undefined || 'from' in whole
      ? { file, node: 0 }
      : this.valueOf(whole.file, whole.node, steps - 1);
  }

  #exported(file: Source, name: string, steps: number): Ref | null {
    if (steps <= 0) return null;
    const all = this.#exportsOf(file);
    const own = all.get(name) ?? (name === 'default' ? all.get('module.exports') : undefined);
    if (own !== undefined) {
      if (!('from' in own)) return this.valueOf(own.file, own.node, steps - 1);
      const module = this.fileAt(file, own.from);
      if (module === null) return null;
      return own.name === '*' ? { file: module, node: 0 } : this.#exported(module, own.name, steps - 1);
    }
    for (const [key, each] of all) {
      if (!key.startsWith('* ') || !('from' in each)) continue;
      const module = this.fileAt(file, each.from);
      const found = module === null ? null : this.#exported(module, name, steps - 1);
      if (found !== null) return found;
    }
    const whole = all.get('module.exports');
    return whole === undefined || 'from' in whole
      ? null
      : this.member({ file, node: whole.node }, name, steps - 1);
  }

  #exportsOf(file: Source): ReadonlyMap<string, Ref | { from: string; name: string }> {
    let known = this.#exports.get(file);
    if (known === undefined) this.#exports.set(file, (known = exportsOf(file)));
    return known;
  }
}

/** null: several have it, or the language has. */
function methodsByName(files: readonly Source[]): Map<string, Ref | null> {
  const found = new Map<string, Ref | null>();
  for (const file of files) {
    if (file.isTest) continue;
    for (let node = 0; node < file.tree.size; node++) {
      if (!isFunction(file.tree, node)) continue;
      const name = functionName(file.tree, node);
      // A plain function by that name may hang on an object, too.
      const isMember = MEMBERS.has(file.tree.kind[file.tree.parent[node]]);
      found.set(name, found.has(name) || !isMember || COMMON.has(name) ? null : { file, node });
    }
  }
  return found;
}

const MEMBERS: ReadonlySet<number> = new Set([Kind.MethodDefinition, Kind.Property, Kind.PropertyDefinition]);

const isAccessor = (kind: string): boolean => kind === 'get' || kind === 'set';

/** The class or object that `this` of a method is, most likely. */
export function holderAround(file: Source, node: number): Ref | null {
  const { tree, owner } = file;
  let at = owner[node];
  while (tree.kind[at] === Kind.ArrowFunctionExpression) at = owner[at]!;
  for (let above = tree.parent[at]; above > 0 && above !== NONE; above = tree.parent[above]!) {
    const kind = tree.kind[above];
    if (kind === Kind.ClassDeclaration || kind === Kind.ClassExpression) return { file, node: above };
    if (kind === Kind.ObjectExpression)
      return has(tree, tree.parent[at], Flag.METHOD) ? { file, node: above } : null;
    if (isFunction(tree, above)) return null;
  }
  return null;
}
