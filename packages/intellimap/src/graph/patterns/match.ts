/**
 * How a pattern says what it looks for: a selector of typed parts, `node('CallExpression').where(awaited, inLoop, …)`.
 *
 * Not strings as in ESQuery: types tell at once when a kind or a condition is misspelt, there is no parser to keep, and a condition is a value with a name and
 * a sentence, of which `--explain` is made. Kinds are a table by number, so that one pass over the column `kind` serves all patterns; conditions are asked in
 * order, so the cheap ones stand first.
 */
import { Kind, KIND_NAMES, type KindName } from '../tree/kinds.ts';
import type { Project } from './project.ts';
import type { Source } from './source.ts';

/** A named predicate of a node. */
export interface Condition {
  /** Behind "a call …": `in a loop over a collection`. */
  readonly says: string;
  readonly holds: (file: Source, node: number, project: Project) => boolean;
}

/** Nodes that play a part, by what they play. */
export type Roles = Readonly<Record<string, number>>;

export interface NodeMatch {
  readonly over: 'nodes';
  /** By `Kind`: 1 where such nodes are looked at. */
  readonly kinds: Uint8Array;
  readonly says: readonly string[];
  readonly conditions: readonly Condition[];
  /** Finds who else plays a part; null: somebody is missing. */
  readonly rolesOf: ((file: Source, node: number, project: Project) => Roles | null) | null;
}

/** What only all files together show. */
export interface ProjectMatch {
  readonly over: 'project';
  readonly says: readonly string[];
  readonly find: (project: Project) => ProjectFound[];
}

export interface ProjectFound {
  file: Source;
  node: number;
  roles: Roles;
  /** Files that show it. */
  paths: string[];
  /** Of how many files these are a part. */
  group: number;
}

export const condition = (says: string, holds: Condition['holds']): Condition => ({ says, holds });

/** Of nodes of these kinds. */
export const node = (...kinds: KindName[]): Selector => new Selector(kinds, [], null);

export class Selector implements NodeMatch {
  readonly over = 'nodes';
  readonly kinds: Uint8Array;
  readonly #names: readonly KindName[];
  readonly conditions: readonly Condition[];
  readonly rolesOf: NodeMatch['rolesOf'];
  readonly #roles: string | null;

  constructor(
    names: readonly KindName[],
    conditions: readonly Condition[],
    rolesOf: NodeMatch['rolesOf'],
    roles: string | null = null,
  ) {
    this.#names = names;
    this.kinds = new Uint8Array(KIND_NAMES.length);
    for (const name of names) this.kinds[Kind[name]] = 1;
    this.conditions = conditions;
    this.rolesOf = rolesOf;
    this.#roles = roles;
  }

  where(...more: Condition[]): Selector {
    return new Selector(this.#names, [...this.conditions, ...more], this.rolesOf, this.#roles);
  }

  /** @param says whom it finds */
  with(says: string, rolesOf: NonNullable<NodeMatch['rolesOf']>): Selector {
    return new Selector(this.#names, this.conditions, rolesOf, says);
  }

  get says(): readonly string[] {
    const own = [this.#names.join(' or '), ...this.conditions.map(({ says }) => says)];
    return this.#roles === null ? own : [...own, `with ${this.#roles}`];
  }
}

export const overProject = (says: string[], find: ProjectMatch['find']): ProjectMatch => ({
  over: 'project',
  says,
  find,
});
