/** What threads ask the transformer, and what it answers. */
import type { Goal } from '../transform/index.ts';
import type { Moves } from '../transform/3-rewrite/moves.ts';

/** What a host knows of a text, beyond the text itself. */
export interface ModuleText {
  /** Absolute path of the file. */
  path: string;
  goal: Goal;
  /** Node decides by the syntax: what is no CommonJS is an ES module. */
  mayBeModule?: boolean | undefined;
  /** Said in the recording: who compiles it (`module`, `commonjs`, `vm`, …). */
  format: string;
  /** Length of a wrapper function's head that the host put before the file's text. */
  wrapper?: number | undefined;
  /** The host resolves specifiers by itself, unseen by Node's hooks: resolve relative ones here. */
  ownResolution?: boolean | undefined;
  /** Where the host tells V8 that the text begins (vm's `lineOffset` and `columnOffset`). */
  startLine?: number | undefined;
  startColumn?: number | undefined;
}

/** A text that runs, and how it leads back to what its author wrote. */
export interface InstrumentedText {
  path: string;
  moves: Moves;
  /** Site ids base … base + count - 1. */
  base: number;
  count: number;
  /** Its sites lie in what a compiler made it of. */
  isCompiled: boolean;
  /** Node takes the types out before V8 sees it. */
  isTypeScript: boolean;
  startLine: number;
  startColumn: number;
}

export type Question =
  /** With the text: what shall run instead? `from` names the thread in the recording. */
  | ({ t: 'text'; from: string } & ModuleText)
  /** How does the text with this site, or the newest one of this path, lead back? */
  | { t: 'moves'; site: number }
  | { t: 'moves'; path: string }
  /** Which line (from 1, of the text) did its author write, or a compiler, where V8 has an instrumented one? */
  | { t: 'line'; path: string; line: number }
  /** What does `assert.ok` quote, whose call is at this place (from 1) of the author's text? */
  | ({ t: 'call' } & QuotedCall);

export interface QuotedCall {
  path: string;
  line: number;
  column: number;
  /** Node has looked for a source map, and taken its word if it is a release that asks V8 for the line. */
  byMap: boolean;
}

export type Answer =
  | { t: 'nothing' }
  | { t: 'failed'; reason: string }
  /** With the text. */
  | { t: 'text'; base: number }
  /** With the line. */
  | { t: 'line' }
  /** With the quote. */
  | { t: 'call' }
  /** With the moves as JSON. */
  | ({ t: 'moves' } & Omit<InstrumentedText, 'moves'>);
