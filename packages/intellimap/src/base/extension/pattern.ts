/**
 * A pattern of the source that somebody else wrote, as `definePattern` takes it. Types only. `PatternNode` is a cursor over one text: it can be read and nothing
 * else, and says the same of a program however IntelliMap keeps it.
 */
import type { Fact } from '../proof.ts';

/** A place in the syntax of one file. Two of them are the same place where `is` says so. */
export interface PatternNode {
  /** As ESTree calls it: `CallExpression`. */
  readonly type: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** The text, as it is written. */
  readonly text: string;
  /** Of an identifier its name, of a literal its value as text, of an operator the operator, of a declaration its keyword; else empty. */
  readonly value: string;
  /** The file is a test. */
  readonly inTest: boolean;
  /** null: the program itself. */
  readonly parent: PatternNode | null;
  /** In the order of the text; those in one field only (`arguments`), or all. */
  children(field?: string): PatternNode[];
  /** The first in a field: `callee`, `body`; null: there is none. */
  child(field: string): PatternNode | null;
  /** All of these types in it, those in functions inside left out. */
  find(...types: string[]): PatternNode[];
  /** The nearest around it of one of these types; null: none in the same function. */
  within(...types: string[]): PatternNode | null;
  is(other: PatternNode | null): boolean;

  /** Of a call: `this.db.query`; what has no name is `…`. */
  readonly callee: string;
  /** Of a name, or an access that begins with one: where it is imported from; null: nowhere. */
  readonly importedFrom: { specifier: string; name: string } | null;
  /** Of a name: no text of the file declares it, so it is the host's. */
  readonly isGlobal: boolean;
  /** Identifiers that mean the same variable, in the order of the text; none where it is no name of this file. */
  readonly references: readonly PatternNode[];
  /** Of a name, call or access: the function, class or object that it means, in whatever file; null: not known. */
  readonly definition: PatternNode | null;
  /** The value is a promise, as far as the text tells. */
  readonly givesPromise: boolean;
  /** Its value is awaited there. */
  readonly isAwaited: boolean;
  /** The innermost loop of the same function that runs it again and again; null: none. */
  readonly loop: PatternNode | null;
  /** The function around it, or itself; null: the module. `name` and `id` are as recordings know it. */
  readonly function: { readonly name: string; readonly id: string | null; readonly node: PatternNode } | null;
  /** The request handler that runs it, by itself or in a call of it; null: none is known. */
  readonly handler: PatternNode | null;
}

export interface PatternExtension {
  /** `acme/raw-sql`: who wrote it, and what it is. */
  readonly name: string;
  readonly kind: 'design' | 'anti';
  /** One sentence without its final stop. */
  readonly what: string;
  readonly why: string;
  /** What to do about it. */
  readonly todo: string;
  /** What it may cost, 3: an outage or wrong data, 2: slow or hard to find out, 1: to be known. */
  readonly severity: 1 | 2 | 3;
  /** Without any run (default: likely). */
  readonly confidence?: 'certain' | 'likely' | 'possible';
  /** Which nodes are looked at: `['CallExpression']`. */
  readonly nodes: readonly string[];
  /** What is looked for, for `patterns --explain`, a condition each. */
  readonly says: readonly string[];
  /** true, or who plays which part: it is there; false: it is not. */
  match(node: PatternNode): boolean | Readonly<Record<string, PatternNode>>;
  /** Which recorded fact confirms it (default: `ran`), and the part that is the call in question. */
  readonly proof?: { readonly fact: Fact; readonly call?: string };
  /** Stands behind the name of the function: `builds SQL of a text`. By default what the pattern is. */
  told?(node: PatternNode): string;
}
