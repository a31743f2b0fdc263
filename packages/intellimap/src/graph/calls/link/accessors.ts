/** Getters and setters, which run where members are read and written. */
import type { Load, Store } from '../facts.ts';
import type { Context, Part } from './context.ts';
import type { Linker } from './linker.ts';
import { siteIn } from './sites.ts';

export class Accessors {
  private readonly linker: Linker;
  /** By name of an accessor, as long as nothing has one: what is to be looked at then. */
  private readonly uses = new Map<string, (() => void)[]>();
  private readonly known = new Set<string>();

  constructor(linker: Linker) {
    this.linker = linker;
    // Most members are no accessors: only those that somebody defines are looked at.
    linker.program.heap.onAccessor((name) => {
      this.known.add(name);
      for (const run of this.uses.get(name) ?? []) run();
      this.uses.delete(name);
    });
  }

  lookAt(context: Context, part: Part): void {
    const { loads, stores } = this.linker.program.files[context.file];
    for (const load of loads.slice(...part.loads)) {
      const name = `get ${context.name(load.name, load.key)}`;
      this.use(name, () => this.access(context, load, name, [], context.node(load.to)));
    }
    for (const store of stores.slice(...part.stores)) {
      if (store.own || store.of !== 'object') continue;
      const name = `set ${context.name(store.name, store.key)}`;
      this.use(name, () => this.access(context, store, name, [context.node(store.from)], -1));
    }
  }

  private use(name: string, run: () => void): void {
    const all = this.uses.get(name);
    if (this.known.has(name)) run();
    else if (all === undefined) this.uses.set(name, [run]);
    else all.push(run);
  }

  private access(context: Context, { object, line, column, owner }: Load | Store, name: string, args: number[], result: number): void {
    const { program, findings } = this.linker;
    const { heap, solver, functions } = program;
    const site = siteIn(program, context, {
      form: 'access', via: 'value', callee: -1, object: -1, name, args: [], spread: -1, result: -1, text: name, literals: [], loop: '', isAwaited: false, line, column, owner,
    });
    Object.assign(site, { args, result });
    this.linker.number(site);
    solver.watch(context.node(object), (receiver) => {
      if (heap.kind[receiver] === 'outside') return;
      solver.watch(heap.lookUp(receiver, name), (token) => {
        // Whose member it is rests on names alone, then: of what is read so often, nearly all of it would be wrong.
        if (heap.kind[token] === 'function' && !findings.isGuessing)
          this.linker.link(site, functions[heap.of[token]], { selfToken: receiver, kind: 'accessor' });
      });
    });
  } // prettier-ignore
}
