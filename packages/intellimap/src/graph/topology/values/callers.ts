/** Who calls which function of the workspace, by names, and what is handed over. */
import { childAt, Field, isFunction, Kind, NONE } from '../../tree/tree.ts';
import { membersOf } from '../../patterns/facts/members.ts';
import { argumentsOf, calleeName, functionName, isCall, receiverText } from '../../patterns/facts/names.ts';
import { holderAround, type Project, type Ref } from '../../patterns/project.ts';
import type { Source } from '../../patterns/source.ts';

export interface Caller {
  readonly file: Source;
  readonly call: number;
  /** Expressions in place of the parameters. */
  readonly given: readonly number[];
}

/** By function. */
export class Callers {
  readonly #of = new Map<Source, Map<number, Caller[]>>();
  readonly #project: Project;
  readonly #makers = new Map<Source, Map<number, Ref | null>>();
  /** Methods of objects of which names alone say nothing. */
  readonly #open: { file: Source; call: number }[] = [];

  constructor(project: Project) {
    this.#project = project;
    for (const file of project.files) {
      const { tree } = file;
      if (file.isTest) continue;
      for (let call = 1; call < tree.size; call++) if (isCall(tree, call)) this.#add(file, call);
    }
  }

  /** Adds those that only values tell: `this.pool.run()`. @param functionsAt what a call runs, as far as it is known without them */
  complete(functionsAt: (file: Source, call: number) => readonly Ref[]): void {
    const names = methodNames(this.#project);
    const found = this.#open.flatMap(({ file, call }) =>
      names.has(calleeName(file.tree, call)) ? functionsAt(file, call).map((fn) => ({ fn, file, call })) : [],
    );
    for (const { fn, file, call } of found)
      this.#put(fn, { file, call, given: argumentsOf(file.tree, call) });
    this.#open.length = 0;
  }

  of({ file, node }: Ref): readonly Caller[] {
    return this.#of.get(file)?.get(node) ?? [];
  }

  /** The function that `new` of a class runs, its own or that of what it extends; null: none is known. */
  constructorOf(ref: Ref, steps = 4): Ref | null {
    let known = this.#makers.get(ref.file);
    if (known === undefined) this.#makers.set(ref.file, (known = new Map()));
    let maker = known.get(ref.node);
    if (maker === undefined) known.set(ref.node, (maker = this.#makerOf(ref, steps)));
    return maker;
  }

  #makerOf({ file, node }: Ref, steps: number): Ref | null {
    const own = membersOf(file.tree, node).find(({ kind, fn }) => kind === 'constructor' && fn !== NONE);
    if (own !== undefined) return { file, node: own.fn };
    const base = this.baseOf({ file, node });
    return base === null || steps === 0 ? null : this.constructorOf(base, steps - 1);
  }

  /** The class of the workspace that a class extends. */
  baseOf({ file, node }: Ref): Ref | null {
    const above = childAt(file.tree, node, Field.superClass);
    const base = above === NONE ? null : this.#project.valueOf(file, above);
    return base !== null && isClass(base) ? base : null;
  }

  #add(file: Source, call: number): void {
    const { tree } = file;
    const given = argumentsOf(tree, call);
    const callee = this.#functionAt(file, call);
    if (callee !== null) this.#put(callee, { file, call, given });
    else if (receiverText(tree, call) !== '' && tree.kind[call] === Kind.CallExpression)
      this.#open.push({ file, call });
    // A plugin is called with what it is registered at.
    if (calleeName(tree, call) !== 'register' || given.length === 0) return;
    const plugin = this.#project.valueOf(file, given[0]);
    const at = childAt(tree, childAt(tree, call, Field.callee), Field.object);
    if (plugin !== null && at !== NONE && isFunction(plugin.file.tree, plugin.node))
      this.#put(plugin, { file, call, given: [at, ...given.slice(1)] });
  }

  #functionAt(file: Source, call: number): Ref | null {
    const { tree } = file;
    if (tree.kind[childAt(tree, call, Field.callee)] === Kind.Super) {
      const holder = holderAround(file, call);
      const base = holder === null ? null : this.baseOf(holder);
      return base === null ? null : this.constructorOf(base);
    }
    const callee = this.#project.callee(file, call);
    if (callee !== null && isClass(callee))
      return tree.kind[call] === Kind.NewExpression ? this.constructorOf(callee) : null;
    return this.#project.calledFunction(file, call);
  }

  #put({ file, node }: Ref, caller: Caller): void {
    let all = this.#of.get(file);
    if (all === undefined) this.#of.set(file, (all = new Map()));
    const known = all.get(node);
    if (known === undefined) all.set(node, [caller]);
    else known.push(caller);
  }
}

export function isClass({ file: { tree }, node }: Ref): boolean {
  return tree.kind[node] === Kind.ClassDeclaration || tree.kind[node] === Kind.ClassExpression;
}

/** Names that methods of the workspace have. */
function methodNames(project: Project): Set<string> {
  const names = new Set<string>();
  for (const { tree } of project.files)
    for (let node = 1; node < tree.size; node++) {
      const above = tree.kind[tree.parent[node]];
      if (isFunction(tree, node) && (above === Kind.MethodDefinition || above === Kind.Property || above === Kind.PropertyDefinition)) names.add(functionName(tree, node)); // prettier-ignore
    }
  return names;
}
