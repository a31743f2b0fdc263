/** From call sites to functions: what is called where, until nothing new is found. */
import { type CallFacts, ELEMENT } from '../facts.ts';
import { type Context, type Part, partsOf, wholeOf } from './context.ts';
import { Accessors } from './accessors.ts';
import { Copies } from './copies.ts';
import { Findings } from './findings.ts';
import { UNKNOWN } from './heap.ts';
import { fallBack } from './names.ts';
import { callMethodOfHost, callOutside } from './natives.ts';
import { connectEvents } from './events.ts';
import { type Handing, writeKeyed } from './handing.ts';
import { Program, type FunctionOf, type Target } from './program.ts';
import { siteIn, type SiteOf } from './sites.ts';

/** Rounds of looking at what is not known yet. */
const MOST_ROUNDS = 8;

/** Members written by computed names that are taken for one of some name. */
const MOST_COMPUTED = 6;

export class Linker {
  readonly program: Program;
  /** All that are written. */
  readonly written: readonly (readonly SiteOf[])[];
  /** Those that are looked at so far: of some functions one for each call. */
  readonly sites: SiteOf[] = [];
  readonly findings: Findings;
  /** Sites whose method was taken for one of the host. */
  readonly hosts = new Set<SiteOf>();
  private readonly linked = new Set<string>();
  private readonly siteNumber = new Map<SiteOf, number>();
  private readonly copies: Copies;
  private readonly accessors: Accessors;
  /** What calls of something outside give back. */
  private readonly made = new Map<SiteOf, number>();
  /** It came to an end before its limits. */
  isWhole = true;

  constructor(files: readonly CallFacts[], target: Target) {
    const program = (this.program = new Program(files, target));
    this.written = files.map(({ sites }, index) => sites.map((site) => siteIn(program, program.contexts[index], site)));
    this.findings = new Findings(program);
    this.copies = new Copies(program);
    this.accessors = new Accessors(this);
    for (const context of program.contexts) this.lookAt(context, wholeOf(files[context.file]));
    this.solve();
  } // prettier-ignore

  /** Looks at what is said in a part of a file, but not within functions that are looked at for each call. */
  private lookAt(context: Context, whole: Part): void {
    const { files } = this.program;
    const file = files[context.file];
    for (const part of partsOf(whole, file.functions)) {
      this.program.constrain(context, part);
      this.accessors.lookAt(context, part);
      for (let index = part.sites[0]; index < part.sites[1]; index++) {
        const written = this.written[context.file][index];
        const site =
          context.inner === null ? written : siteIn(this.program, context, file.sites[index], written);
        this.number(site);
        this.sites.push(site);
        this.dispatch(site);
      }
    }
  }

  number(site: SiteOf): void {
    this.siteNumber.set(site, this.siteNumber.size);
  }

  /** A function that is looked at once for all calls. */
  private open(it: FunctionOf): FunctionOf {
    if (it.isOpen) return it;
    it.isOpen = true;
    if (it.facts.extent !== null) this.lookAt(it.context, it.facts.extent);
    return it;
  }

  /** Functions that nobody is known to call are looked at all the same. @returns whether there was one */
  private openRest(): boolean {
    let found = false;
    for (const it of Array.from(this.program.functions)) {
      if (it.isOpen || it.facts.extent === null || this.copies.has(it) || it.context.inner !== null) continue;
      this.open(it);
      found = true;
    }
    return found;
  }

  /** The function as it is for what is called at a site: a copy, where that is worth it. */
  private forCall(site: SiteOf, to: FunctionOf, how: Handing): FunctionOf {
    if (to.facts.extent === null) return to;
    const found = this.copies.of(site, this.siteNumber.get(site)!, to, how);
    if (found === undefined) return this.open(to);
    if (found.isNew) this.lookAt(found.copy.context, to.facts.extent);
    return found.copy;
  }

  private solve(): void {
    const { solver, heap } = this.program;
    this.isWhole = solver.solve();
    // Where that took too long, what is known by then is still told.
    for (let round = 0; round < (this.isWhole ? MOST_ROUNDS : 2); round++) {
      let found = this.openRest();
      found = this.takeForHosts() || found;
      found = connectEvents(this) || found;
      found = heap.readComputed(MOST_COMPUTED) || found;
      // Only what nothing else tells is looked up by its name alone; what follows from that is as unsure.
      if (!found) {
        this.findings.isGuessing = true;
        found = fallBack(this);
      }
      if (!found) break;
      this.isWhole = solver.solve() && this.isWhole;
    }
  }

  /** A method that is none of the files' may be one of a list, or a promise. */
  private takeForHosts(): boolean {
    let found = false;
    for (const site of this.sites) {
      if (site.site.name === '' || this.hosts.has(site) || this.findings.hasTargets(site)) continue;
      if (!callMethodOfHost(this, site)) continue;
      this.hosts.add(site);
      found = true;
    }
    return found;
  }

  private dispatch(site: SiteOf): void {
    const { solver, heap } = this.program;
    const { form, name } = site.site;
    if (site.callee >= 0 && (site.object < 0 || form === 'super'))
      solver.watch(site.callee, (token) => this.call(site, token, form === 'super' ? { self: site.object } : {}));
    if (form === 'jsx' && site.callee < 0) for (const node of site.args) this.handOver(site, node, site.site.text);
    if (site.object < 0 || form === 'super') return;
    // Each receiver finds its own method, and is `this` there.
    solver.watch(site.object, (receiver) => {
      if (form === 'method' && this.callsItself(site, receiver)) return;
      if (heap.kind[receiver] === 'outside') {
        // What somebody wrote to it, as tests do.
        if (!heap.isAnybodys(receiver)) solver.watch(heap.member(receiver, name), (token) => heap.kind[token] === 'function' && this.call(site, token, { kind: 'points to' }));
        return callOutside(this, site, heap.isBorrowed(receiver, name) ? receiver : heap.outsideMember(receiver, name));
      }
      solver.watch(heap.lookUp(receiver, name), (token) => this.call(site, token, form === 'new' ? {} : { selfToken: receiver }));
    });
    if (form === 'method' && site.site.via === 'super') this.superCall(site);
  } // prettier-ignore

  /** In `super.m()` it is `this` of the method around. */
  private superCall(site: SiteOf): void {
    const { self, facts } = site.owner;
    if (facts.self < 0) return;
    this.program.solver.watch(site.callee, (token) => {
      if (this.program.heap.kind[token] === 'function')
        this.program.solver.edge(self, this.program.functions[this.program.heap.of[token]].self);
    });
  }

  /** `f.call()`, `f.apply()`, `f.bind()` */
  private callsItself(site: SiteOf, receiver: number): boolean {
    const { heap, solver } = this.program;
    const { name } = site.site;
    const kind = heap.kind[receiver];
    if (kind !== 'function' && kind !== 'class') return false;
    const self = site.args[0] ?? -1;
    if (name === 'call') this.call(site, receiver, { shift: 1, self, kind: 'call/apply/bind' });
    else if (name === 'apply')
      this.call(site, receiver, { shift: 99, self, list: site.args[1] ?? -1, kind: 'call/apply/bind' });
    else if (name === 'bind') {
      solver.add(site.result, receiver);
      if (kind === 'function') this.handed(site, this.open(this.program.functions[heap.of[receiver]]), { shift: 1, self, result: -1 });
    } else return false;
    return true;
  } // prettier-ignore

  /** What a call of something outside gives back: one thing at each site. */
  madeAt(site: SiteOf): number {
    let made = this.made.get(site);
    if (made === undefined) this.made.set(site, (made = this.program.newObject()));
    return made;
  }

  /** What calls of something outside gave back, and where. */
  makers(): [token: number, site: SiteOf][] {
    return Array.from(this.made, ([site, token]) => [token, site]);
  }

  /** A token is called at a site. */
  call(site: SiteOf, token: number, how: Handing): void {
    const { heap, solver, functions } = this.program;
    switch (heap.kind[token]) {
      case 'function': {
        const made = site.site.form === 'new' ? { ...how, selfToken: heap.token('instance', token) } : how;
        if (site.site.form === 'new') solver.add(site.result, heap.token('instance', token));
        this.link(site, functions[heap.of[token]], made);
        return;
      }
      case 'class':
        this.make(site, token, how);
        return;
      case 'resolver':
        if (site.args[0] !== undefined && site.args[0] >= 0) solver.edge(site.args[0], heap.of[token]);
        return;
      case 'outside':
        callOutside(this, site, token);
        return;
      case 'object':
        // It is called, so it is a function.
        if (heap.madeOutside.has(token)) callOutside(this, site, heap.outside(UNKNOWN));
        return;
      default:
    }
  }

  /** An instance is made: the constructor runs, or that of what the class extends; and what initialises fields. */
  private make(site: SiteOf, token: number, how: Handing): void {
    const { heap, solver, classes, functions } = this.program;
    const isSuper = site.site.form === 'super';
    const instance = heap.token('instance', token);
    if (!isSuper) solver.add(site.result, instance);
    const self: Handing = isSuper || how.shift !== undefined ? how : { selfToken: instance };
    const seen = new Set<number>();
    const from = (each: number): void => {
      if (seen.has(each) || heap.kind[each] !== 'class') {
        if (heap.kind[each] === 'function') this.link(site, functions[heap.of[each]], { ...self, kind: 'super' });
        return;
      }
      seen.add(each);
      const { maker, fields, base } = classes[heap.of[each]];
      if (fields >= 0) this.link(site, functions[fields], { ...self, kind: 'class' });
      if (maker >= 0) this.link(site, functions[maker], self);
      else if (base >= 0) solver.watch(base, from);
    };
    from(token);
  } // prettier-ignore

  /** A function is called at a site: that is noted, and it is given what is handed to it. */
  link(site: SiteOf, to: FunctionOf, how: Handing): void {
    this.findings.found(site, to, how);
    this.handed(site, this.forCall(site, to, how), how);
  }

  private handed(site: SiteOf, to: FunctionOf, how: Handing): void {
    const { solver } = this.program;
    if (how.selfToken !== undefined) solver.add(to.self, how.selfToken);
    if (how.self !== undefined && how.self >= 0) solver.edge(how.self, to.self);
    const result = how.result ?? site.result;
    if (result >= 0) solver.edge(to.result, result);
    for (const index of to.facts.gives) this.givenBack(site, index, how, result);
    const key = `${this.siteNumber.get(site)}\0${to.token}\0${how.shift ?? 0}\0${how.given?.join() ?? ''}`;
    if (this.linked.has(key)) return;
    this.linked.add(key);
    const { shift = 0, list = -1, given } = how;
    const { context } = to;
    const parameters = to.facts.parameters.map((slot) => context.node(slot));
    const args = given ?? site.args.slice(shift);
    const spread = given === undefined && site.site.spread >= 0 ? site.site.spread - shift : -1;
    for (const [index, arg] of args.entries()) {
      if (arg === undefined || arg < 0) continue;
      if (spread >= 0 && index >= spread) this.spreadInto(arg, to, index);
      else {
        if (parameters[index] !== undefined) solver.edge(arg, parameters[index]);
        for (const [from, slot] of to.facts.rest) if (index >= from) solver.edge(arg, context.node(slot));
      }
    }
    if (list >= 0) this.spreadInto(list, to, 0);
    for (const [into, from] of to.facts.copies)
      if ((args[into] ?? -1) >= 0 && (args[from] ?? -1) >= 0) this.program.inherit(args[into]!, args[from]!);
    if (given === undefined && to.facts.extent !== null && to.context.copyOf(to.facts) !== to) writeKeyed(this.program, site, to, shift);
  } // prettier-ignore

  /** What a function gives back as it was given goes to who gave it, and to nobody else. */
  private givenBack(site: SiteOf, index: number, how: Handing, result: number): void {
    const { solver, heap } = this.program;
    if (result < 0) return;
    if (index >= 0) {
      const given = how.given === undefined ? site.args[index + (how.shift ?? 0)] : how.given[index];
      if (given !== undefined && given >= 0) solver.edge(given, result);
      else if (how.list !== undefined && how.list >= 0) solver.watch(how.list, (token) => heap.read(token, ELEMENT, result));
    } else if (how.selfToken !== undefined) solver.add(result, how.selfToken);
    else if (how.self !== undefined && how.self >= 0) solver.edge(how.self, result);
  } // prettier-ignore

  private spreadInto(list: number, to: FunctionOf, from: number): void {
    const { solver, heap } = this.program;
    const slots = [...to.facts.parameters.slice(from), ...to.facts.rest.map(([, slot]) => slot)];
    solver.watch(list, (token) => {
      for (const slot of slots) heap.read(token, ELEMENT, to.context.node(slot));
    });
  }

  /** What is handed to somebody who is not known: he may call it, some time. */
  handOver(site: SiteOf, node: number, by: string, how: Handing = {}): void {
    if (node < 0) return;
    const { solver, heap, functions } = this.program;
    solver.watch(node, (token) => {
      if (heap.kind[token] !== 'function') return;
      this.link(site, functions[heap.of[token]], {
        later: true, kind: `callback of ${by}`, given: [], result: -1, ...how,
      }); // prettier-ignore
    });
  }
}
