/** ESTree → columns. Pure. */
import type { Node } from '../../transform/index.ts';
import { Field, FIELDS_OF, Flag, Kind, KIND_NAMES } from './kinds.ts';
import { NONE, type Tree } from './tree.ts';

const KIND_OF = new Map<string, number>(KIND_NAMES.map((name, kind) => [name, kind]));
const FIELD_OF: ReadonlyMap<string, number> = new Map(Object.entries(Field));
/** Types whose long chains lean to the left. */
const LEFT_DEEP: ReadonlySet<string> = new Set(['BinaryExpression', 'LogicalExpression']);
/** Characters a node, about: columns are made for so many, and grow. */
const CHARACTERS = 4;

/**
 * @param program of a parser that keeps parentheses and leaves types out
 * @param text the file's, for what such a parser leaves out, too, and what matters: without it `declare let a` is taken for `let a`
 */
export function flatten(program: Node, text = ''): Tree {
  return new Flattener(program.end, text).flatten(program);
}

class Flattener {
  #size = 0;
  #kind: Uint8Array;
  #field: Uint8Array;
  #flags: Uint8Array;
  #parent: Int32Array;
  #after: Int32Array;
  #start: Int32Array;
  #end: Int32Array;
  #text: Int32Array;
  readonly #source: string;
  readonly #strings = [''];
  readonly #numbers = new Map<string, number>();

  constructor(characters: number, text: string) {
    this.#source = text;
    const room = Math.ceil(characters / CHARACTERS) + 16;
    this.#kind = new Uint8Array(room);
    this.#field = new Uint8Array(room);
    this.#flags = new Uint8Array(room);
    this.#parent = new Int32Array(room);
    this.#after = new Int32Array(room);
    this.#start = new Int32Array(room);
    this.#end = new Int32Array(room);
    this.#text = new Int32Array(room);
  }

  flatten(program: Node): Tree {
    this.#add(program, NONE, Field.none);
    const size = this.#size;
    return {
      size,
      kind: this.#kind.slice(0, size),
      field: this.#field.slice(0, size),
      flags: this.#flags.slice(0, size),
      parent: this.#parent.slice(0, size),
      after: this.#after.slice(0, size),
      start: this.#start.slice(0, size),
      end: this.#end.slice(0, size),
      text: this.#text.slice(0, size),
      strings: this.#strings,
    };
  }

  #add(node: Node, parent: number, field: number): void {
    if (LEFT_DEEP.has(node.type)) return this.#addChain(node, parent, field);
    const at = this.#open(node, parent, field);
    const kind = this.#kind[at];
    if (kind === Kind.TemplateLiteral) this.#addTemplate(node, at);
    else
      for (const name of FIELDS_OF[kind]) {
        const value = node[name] as Node | (Node | null)[] | null | undefined;
        if (!value) continue;
        if (Array.isArray(value)) this.#addAll(value, at, FIELD_OF.get(name)!, node);
        else this.#add(value, at, FIELD_OF.get(name)!);
      }
    this.#after[at] = this.#size;
  }

  /** The row of a node itself. */
  #open(node: Node, parent: number, field: number): number {
    const at = this.#size++;
    if (at === this.#kind.length) this.#grow();
    const kind = kindOf(node, this.#source);
    this.#kind[at] = kind;
    this.#field[at] = field;
    this.#flags[at] = flagsOf(node, kind);
    this.#parent[at] = parent;
    this.#start[at] = node.start;
    this.#end[at] = node.end;
    this.#text[at] = this.#number(saidBy(node, kind));
    return at;
  }

  /** A long sum is as deep as it is long: down on its left side, then up with what stands on the right. */
  #addChain(node: Node, parent: number, field: number): void {
    const chain: { at: number; right: Node }[] = [];
    let first = node;
    for (let above = parent, within = field; LEFT_DEEP.has(first.type); first = first['left'] as Node) {
      above = this.#open(first, above, within);
      within = Field.left;
      chain.push({ at: above, right: first['right'] as Node });
    }
    this.#add(first, chain.at(-1)!.at, Field.left);
    for (const { at, right } of chain.toReversed()) {
      this.#add(right, at, Field.right);
      this.#after[at] = this.#size;
    }
  }

  #addAll(nodes: (Node | null)[], parent: number, field: number, around: Node): void {
    // A hole has no place of its own: it stands where the one before ends.
    let end = around.start;
    for (const node of nodes) {
      this.#add(node ?? { type: 'Hole', start: end, end }, parent, field);
      end = node?.end ?? end;
    }
  }

  /** Texts and values in turn, as they run. */
  #addTemplate({ quasis, expressions }: Node, at: number): void {
    (quasis as Node[]).forEach((quasi, index) => {
      this.#add(quasi, at, Field.quasis);
      const value = (expressions as Node[])[index];
      if (value !== undefined) this.#add(value, at, Field.expressions);
    });
  }

  #number(text: string): number {
    if (text === '') return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#strings.length);
    return this.#strings.push(text) - 1;
  }

  #grow(): void {
    this.#kind = larger(this.#kind);
    this.#field = larger(this.#field);
    this.#flags = larger(this.#flags);
    this.#parent = larger(this.#parent);
    this.#after = larger(this.#after);
    this.#start = larger(this.#start);
    this.#end = larger(this.#end);
    this.#text = larger(this.#text);
  }
}

function larger<Column extends Uint8Array | Int32Array>(column: Column): Column {
  const twice = new (column.constructor as new (length: number) => Column)(column.length * 2);
  twice.set(column);
  return twice;
}

/** What is only declared to be somewhere (`declare enum`, `declare global`, `declare let`) does not run. */
function kindOf(node: Node, text: string): number {
  const kind = KIND_OF.get(node.type) ?? Kind.Unknown;
  switch (kind) {
    case Kind.TSEnumDeclaration:
      return node['declare'] === true ? Kind.Unknown : kind;
    case Kind.TSModuleDeclaration:
      return node['declare'] === true || isOfTypes(node) ? Kind.Unknown : kind;
    case Kind.ClassDeclaration:
    case Kind.VariableDeclaration:
      return text.startsWith('declare', node.start) ? Kind.Unknown : kind;
    default:
      return kind;
  }
}

/** A namespace in which there are types alone is not made when the program runs. */
function isOfTypes(node: Node): boolean {
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return true;
    case 'ExportNamedDeclaration':
      return Boolean(node['declaration']) && isOfTypes(node['declaration'] as Node);
    case 'TSModuleDeclaration':
    case 'TSModuleBlock':
      return [node['body'] as Node | Node[] | null].flat().every((part) => part === null || isOfTypes(part));
    default:
      return false;
  }
}

/** By type, as there are few: reading ten properties of each node takes as long as all the rest. */
function flagsOf(node: Node, kind: number): number {
  switch (kind) {
    case Kind.MemberExpression:
      return bit(node['computed'], Flag.COMPUTED) | bit(node['optional'], Flag.OPTIONAL);
    case Kind.CallExpression:
      return bit(node['optional'], Flag.OPTIONAL);
    case Kind.Property:
      return (
        bit(node['computed'], Flag.COMPUTED) |
        bit(node['method'], Flag.METHOD) |
        bit(node['shorthand'], Flag.SPECIAL)
      );
    case Kind.MethodDefinition:
    case Kind.PropertyDefinition:
    case Kind.AccessorProperty:
      return bit(node['computed'], Flag.COMPUTED) | bit(node['static'], Flag.STATIC);
    case Kind.FunctionDeclaration:
    case Kind.FunctionExpression:
    case Kind.ArrowFunctionExpression:
      return bit(node['async'], Flag.ASYNC) | bit(node['generator'], Flag.GENERATOR);
    case Kind.Literal:
      return bit(typeof node['value'] === 'string', Flag.STRING);
    case Kind.ForOfStatement:
      return bit(node['await'], Flag.SPECIAL);
    case Kind.UpdateExpression:
      return bit(node['prefix'], Flag.SPECIAL);
    case Kind.YieldExpression:
      return bit(node['delegate'], Flag.SPECIAL);
    default:
      return 0;
  }
}

const bit = (is: unknown, flag: number): number => (is ? flag : 0);

/** What `Tree.text` has of it. */
function saidBy(node: Node, kind: number): string {
  switch (kind) {
    case Kind.Identifier:
    case Kind.PrivateIdentifier:
    case Kind.JSXIdentifier:
      return String(node['name']);
    case Kind.AssignmentExpression:
    case Kind.BinaryExpression:
    case Kind.LogicalExpression:
    case Kind.UnaryExpression:
    case Kind.UpdateExpression:
      return String(node['operator']);
    case Kind.MethodDefinition:
    case Kind.Property:
    case Kind.TSModuleDeclaration:
    case Kind.VariableDeclaration:
      return String(node['kind']);
    case Kind.Literal:
      return typeof node['value'] === 'string' ? node['value'] : String(node['raw']);
    case Kind.TemplateElement:
      return String(node['value'].cooked ?? node['value'].raw);
    case Kind.JSXText:
      return String(node['value']);
    case Kind.MetaProperty:
      return `${node['meta'].name}.${node['property'].name}`;
    case Kind.Unknown:
      return node.type;
    default:
      return '';
  }
}
