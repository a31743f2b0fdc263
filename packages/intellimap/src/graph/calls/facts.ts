/**
 * What one file says of calls, as plain data that can be stored: where function values come from, where they go, and where something is called. Which function is called
 * where only all files together tell: `link/`.
 *
 * Values lie in slots: variables, parameters, results, parts of expressions. Only values that can be functions, or hold some, are followed.
 */

/** Number of a slot within its file: its bindings come first. -1: nothing that is followed. */
export type Slot = number;

/** No slot. */
export const NO_SLOT = -1;

/** What may lie in a slot: `index * 4 + kind`. */
export type Thing = number;

export const ThingKind = { FUNCTION: 0, CLASS: 1, OBJECT: 2, OUTSIDE: 3 } as const;

export const thing = (kind: number, index: number): Thing => index * 4 + kind;

/** Any member: of what is read or written by a computed name, and of lists. */
export const ANY = '*';

/** What a list holds, as it is read by a number or one after the other: none of the members that have names. */
export const ELEMENT = '[]';

export interface CallFacts {
  /** File relative to the workspace. */
  path: string;
  slots: number;
  /** 0: the body of the module. */
  functions: FunctionFacts[];
  classes: ClassFacts[];
  /** Object and array literals, and what holds the arguments of a function. */
  objects: number;
  /** Things that lie in slots from the beginning. */
  holds: [Slot, Thing][];
  /** What is in one slot is in the other one, too. */
  flows: [from: Slot, to: Slot][];
  loads: Load[];
  stores: Store[];
  /** What the first has not by itself, it has from the second: spread objects, `Object.assign`. */
  inherits: [Slot, Slot][];
  sites: CallSite[];
  imports: ImportFacts[];
  exports: ExportFacts[];
  /** Names that the file does not declare. */
  globals: [name: string, Slot][];
  isModule: boolean;
}

export interface FunctionFacts {
  /** Id of its site; null: it has none. What initialises fields runs for who makes an instance. */
  id: string | null;
  parameters: Slot[];
  /** Slots that hold each of the arguments from some number on. */
  rest: [from: number, Slot][];
  self: Slot;
  result: Slot;
  /** Parameters that it gives back as they are, which each caller has from its own call; -1: `this`. */
  gives: number[];
  /** Parameters between which it copies all members. */
  copies: [to: number, from: number][];
  /** Of a function that is worth looking at for each of its calls anew: what is said within it. */
  extent: Extent | null;
  /** Line and column where its body begins: what its parameters' defaults do comes before a recording sees the call. null: there are no parameters. */
  body: [line: number, column: number] | null;
}

/** Where what is said within a function stands in the lists of the file: first, and behind the last. */
export interface Extent {
  bindings: Range;
  slots: Range;
  functions: Range;
  classes: Range;
  objects: Range;
  holds: Range;
  flows: Range;
  loads: Range;
  stores: Range;
  inherits: Range;
  sites: Range;
}

export type Range = [from: number, to: number];

export interface ClassFacts {
  name: string;
  /** Number of its constructor, and of the function that stands for its fields; -1: none. */
  maker: number;
  fields: number;
  /** What it extends. */
  base: Slot;
}

/** Where in the file something is read or written, for accessors that run there. */
interface At {
  /** Number of the function that does it. */
  owner: number;
  line: number;
  column: number;
}

export interface Load extends At {
  object: Slot;
  name: string;
  /** Of a computed name: the parameter that it is. */
  key: Slot;
  to: Slot;
}

export interface Store extends At {
  object: Slot;
  /** `get a`, `set a` for accessors. */
  name: string;
  /** Of a computed name: the parameter that it is. */
  key: Slot;
  from: Slot;
  /** Of a class: where the member is. Of a list: what it holds, by no name. */
  of: 'object' | 'prototype' | 'element';
  /** It is written as a member of this very object, class, or prototype: `this` is that where it runs. */
  own: boolean;
}

/** How a call is written. */
export const SITE_FORMS = [
  /** `f()` */
  'call',
  /** `a.f()` */
  'method',
  /** `a[f]()` */
  'computed',
  'new',
  /** `super()` */
  'super',
  /** `a\`b\`` */
  'tag',
  'jsx',
  'decorator',
  /** `require('a')` */
  'require',
  /** `a.b` whose getter runs, or setter. */
  'access',
] as const;
export type SiteForm = (typeof SITE_FORMS)[number];

/** What the called value is, as far as the file alone tells. */
export type Via = 'direct' | 'import' | 'this' | 'super' | 'result' | 'parameter' | 'value';

export interface CallSite extends At {
  form: SiteForm;
  via: Via;
  callee: Slot;
  /** Of a method: whose. */
  object: Slot;
  /** Name of a method. */
  name: string;
  args: Slot[];
  /** Argument from which on lists are spread; -1: none. */
  spread: number;
  result: Slot;
  /** Words of the callee: `app.use`. */
  text: string;
  /** Of the first two arguments those that are literal texts; slots of parameters, which are some where the caller says so. */
  literals: (string | Slot | null)[];
  /** Why one call of its function may make it again and again: `for … of`, `callback of map`; empty: it may not. */
  loop: string;
  /** What it gives back is awaited there. */
  isAwaited: boolean;
}

export interface ImportFacts extends At {
  specifier: string;
  /** `*`: all of it; `require`: what `require` gives; `import()`. */
  name: string;
  to: Slot;
}

export interface ExportFacts {
  /** `*`: all of a module. */
  name: string;
  /** -1: it comes from another module. */
  from: Slot;
  specifier: string | null;
  /** Its name there. */
  imported: string;
}
