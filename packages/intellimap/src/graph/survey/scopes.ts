/** Scopes and what names in them stand for. Names are looked up after the whole file was seen: declarations are hoisted. */
import type { Node } from '../../transform/index.ts';

/** What an imported name stands for: `name` of the module `specifier`; `*` for all of it. */
export interface Imported {
  specifier: string;
  name: string;
}

export interface Binding {
  name: string;
  /** Function or holder that it names. */
  unit?: string;
  imported?: Imported;
  /** Somebody refers to it. */
  referenced: boolean;
  /** It is called by its plain name. */
  called: boolean;
  /** The object that a constant is: `source_holders.id`. */
  object?: string;
  /** What the module exports. */
  isExports?: boolean;
  /** An object of the language or of Node. */
  isHosts?: boolean;
  /** It is `process.env`. */
  isEnvironment?: boolean;
  /** It was taken out of an object of flags, or of the environment. */
  flag?: { source: 'environment' | 'config'; name: string; fallback: string | null };
  /** Parameters, and what comes from somewhere: any value. */
  isUnknown: boolean;
  /** It may name an object that was not made here: others have that, too. */
  isShared?: boolean;
}

export class Scope {
  readonly parent: Scope | null;
  readonly isFunction: boolean;
  private readonly names = new Map<string, Binding>();

  constructor(parent: Scope | null, isFunction: boolean) {
    this.parent = parent;
    this.isFunction = isFunction;
  }

  declare(name: string, facts: Partial<Binding> = {}): Binding {
    const known = this.names.get(name);
    if (known !== undefined) return Object.assign(known, facts);
    const binding = { name, referenced: false, called: false, isUnknown: false, ...facts };
    this.names.set(name, binding);
    return binding;
  }

  /** A `var` of an inner block is known out here, too. */
  adopt(binding: Binding): void {
    this.names.set(binding.name, binding);
  }

  find(name: string): Binding | undefined {
    return this.names.get(name) ?? this.parent?.find(name);
  }

  /** Where `var` goes. */
  get outermost(): Scope {
    return this.isFunction || this.parent === null ? this : this.parent.outermost;
  }
}

/** Names that a pattern declares. */
export function namesIn(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern['name']];
    case 'ObjectPattern':
      return (pattern['properties'] as Node[]).flatMap((p) =>
        namesIn(p.type === 'RestElement' ? p['argument'] : p['value']),
      );
    case 'ArrayPattern':
      return (pattern['elements'] as (Node | null)[]).flatMap(namesIn);
    case 'AssignmentPattern':
      return namesIn(pattern['left']);
    case 'RestElement':
      return namesIn(pattern['argument']);
    case 'TSParameterProperty':
      return namesIn(pattern['parameter']);
    default:
      return [];
  }
}

export const isFunctionNode = (node: Node | null): boolean =>
  node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';
