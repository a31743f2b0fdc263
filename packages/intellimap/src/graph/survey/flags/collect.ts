/** What one file's tree shows of flags, collected while it is walked, and looked through when all declarations are known. */
import { type Condition, composed } from '../../../base/flag-conditions.ts';
import { isFlagVariable } from '../../../base/flag-names.ts';
import { addTo } from '../../../base/groups.ts';
import { bare, eachChild, type Node } from '../../../transform/index.ts';
import type { Place } from '../facts.ts';
import { keyName } from '../functions.ts';
import { type Binding, type Scope } from '../scopes.ts';
import {
  asked,
  type Asked,
  chainOf,
  type Flag,
  flagOf,
  isConfig,
  isEnvironment,
  PLAIN,
} from './expressions.ts';
import { type Decision, decisionOf, isGuard, type Test } from './sides.ts';

/** Code that something leads to. */
export interface Mention {
  node: Node;
  place: Place;
  how: 'call' | 'refer' | 'load';
}

/** Something that holds a value: a constant, a property of one, a function that gives it back. */
interface Keep {
  binding: Binding;
  /** `` ` ` ``, `.isNew`, `()` */
  rest: string;
  value: Node;
  place: Place;
  isConstant: boolean;
}

/** A read as it was found. */
export interface Found {
  at: Asked;
  place: Place;
  /** Constant of this file that was read in its place. */
  via: string | null;
  use: 'test' | 'keep' | 'value' | 'set';
  keptAs: string | null;
  decision: Decision | null;
}

/** Constants made of constants. */
const MAX_STEPS = 5;

export class FlagFacts {
  readonly mentions: Mention[] = [];
  /** Functions and where they are written. */
  readonly spans: { id: string; start: number; end: number }[] = [];
  /** Members that are no reads by themselves: those that are called, or written, and parts of longer ones. */
  readonly noReads = new Set<Node>();
  private readonly keeps: Keep[] = [];
  private readonly tests: { node: Node; place: Place }[] = [];
  private readonly plain: { node: Node; place: Place; isSet: boolean }[] = [];
  private readonly rests = new Map<Node, Pick<Node, 'start' | 'end'>>();
  private readonly told = new Set<Node>();
  private readonly kept = new Map<Binding, Map<string, Asked[]>>();

  /** Statements of one block, in their order. */
  block(statements: readonly Node[]): void {
    const end = statements.at(-1)?.end ?? 0;
    for (const [index, statement] of statements.entries())
      if (statement.type === 'IfStatement' && index + 1 < statements.length)
        this.rests.set(statement, { start: statements[index + 1].start, end });
  }

  test(node: Node, place: Place): void {
    this.tests.push({ node, place });
  }

  read(node: Node, place: Place, isSet = false): void {
    this.plain.push({ node, place, isSet });
  }

  /** `const isNew = …`, `const flags = { isNew: … }` */
  constant(
    binding: Binding,
    value: Node | null,
    place: Place,
    isConstant: boolean,
    rest = '',
    depth = 0,
  ): void {
    if (value?.type !== 'ObjectExpression') {
      if (value !== null) this.keeps.push({ binding, rest, value, place, isConstant });
      return;
    }
    for (const property of depth < MAX_STEPS ? (value['properties'] as Node[]) : []) {
      const name = property.type === 'Property' && !property['computed'] ? keyName(property) : null;
      if (name === null || property['method'] || property['kind'] !== 'init') continue;
      this.constant(binding, bare(property['value']), place, isConstant, `${rest}.${name}`, depth + 1);
    }
  }

  /** `() => …`, `function isNew() { return …; }` */
  giver(binding: Binding, fn: Node, place: Place): void {
    const body: Node | null = fn['body'];
    const only: Node | undefined = body?.type === 'BlockStatement' ? body['body'][0] : undefined;
    const value = body?.type === 'BlockStatement' ? (only?.type === 'ReturnStatement' ? only['argument'] : null) : body; // prettier-ignore
    if (value) this.keeps.push({ binding, rest: '()', value: bare(value)!, place, isConstant: true });
  }

  /** To be asked when all declarations are known. */
  found(): Found[] {
    const keeps = this.keeps.flatMap((keep) => this.askedOfKeep(keep).map((at) => ({ keep, at })));
    for (const { keep, at } of keeps) {
      const rests = this.kept.get(keep.binding) ?? new Map<string, Asked[]>();
      addTo(rests, keep.rest, at);
      this.kept.set(keep.binding, rests);
    }
    const tests = this.tests.flatMap((test) => this.decided(test));
    return [
      ...tests,
      ...keeps.flatMap(({ keep, at }) =>
        this.sources(at).map((source): Found => ({ ...source, place: keep.place, use: 'keep', keptAs: keep.binding.name + keep.rest, decision: null })),
      ),
      ...this.plain.flatMap((each) => this.valueRead(each)),
    ]; // prettier-ignore
  }

  private askedOfKeep({ value, place, isConstant }: Keep): Asked[] {
    if (value.type === 'LogicalExpression' && hasCall(value['right'])) return [];
    if (value.type === 'ConditionalExpression') return [];
    const condition = isConstant ? PLAIN : { ...PLAIN, exact: false };
    return [...asked(value, place.scope, condition, this.told)];
  }

  private decided({ node, place }: { node: Node; place: Place }): Found[] {
    if (this.told.has(node)) return [];
    const decision = decisionOf(node, (statement) => this.rests.get(statement));
    if (decision === undefined) return [];
    const isNullish = decision.test === 'nullish';
    const condition: Condition = isNullish ? { ...PLAIN, values: [null], negated: true } : PLAIN;
    return [...asked(decision.asks, place.scope, condition, this.told)]
      .flatMap((at) => this.sources(at))
      .filter(({ at }) => isDecided(at.flag, decision.test, node))
      .map((each): Found => ({ ...each, place, use: 'test', keptAs: null, decision }));
  }

  /** What constants of this file were made of, in their place. */
  private sources(at: Asked, via: string | null = null, steps = 0): { at: Asked; via: string | null }[] {
    const { flag } = at;
    const made = flag.binding && this.kept.get(flag.binding)?.get(flag.rest ?? '');
    if (made === undefined || made.includes(at) || steps > MAX_STEPS)
      return flag.source === 'kept' ? [] : [{ at, via }];
    return made.flatMap((each) =>
      this.sources({ ...each, ...composed(at, each) }, via ?? flag.name, steps + 1),
    );
  }

  private valueRead({ node, place, isSet }: { node: Node; place: Place; isSet: boolean }): Found[] {
    if (this.told.has(node)) return [];
    const flag = flagOf(node, place.scope);
    if (flag === undefined || flag.source === 'kept' || flag.source === 'import') return [];
    if (flag.source === 'environment' && !isSet && !isFlagVariable(flag.name)) return [];
    const at: Asked = { ...PLAIN, fallback: flag.fallback ?? null, node, flag };
    return [{ at, place, via: null, use: isSet ? 'set' : 'value', keptAs: null, decision: null }];
  }
}

/** What stands in for a missing value, or is thrown for want of it, makes no flag of a variable. */
function isDecided({ source, name }: Flag, test: Test, node: Node): boolean {
  if (source !== 'environment' || isFlagVariable(name)) return true;
  return test !== 'or' && test !== 'nullish' && !isGuard(node);
}

function hasCall(node: Node): boolean {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return true;
  let has = false;
  eachChild(node, (child) => void (has ||= hasCall(child)));
  return has;
}

/** Of a member: whether it may be read as a flag wherever it stands. Told of the outermost member of `a.b.c` first. */
export function isRead(node: Node, scope: Scope): boolean {
  if (isEnvironment(node['object'], scope)) return true;
  const chain = chainOf(node);
  return chain !== undefined && isConfig(chain.names);
}
