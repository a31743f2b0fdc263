/**
 * Text → ESTree. The only file that knows which parser it is.
 *
 * The tree is oxc's in its JavaScript flavour even for TypeScript (`astType: 'js'`): type annotations are left out, which
 * saves a third of the JSON that Node 20 has to read. The few type-level facts needed (`import type`, parameter properties)
 * are read from the text instead. Parentheses are kept as nodes, since an insertion must know the true extent of an operand.
 */
import { parseSync, rawTransferSupported } from 'oxc-parser';
import { nestedTooDeeply } from './2-analyze/nesting.ts';

/**
 * A syntax node, loosely: the walk dispatches on `type` and every visitor knows the fields of its own type. oxc's union of
 * 180 node types would ask for a cast at every step and prove nothing.
 */
export interface Node {
  type: string;
  start: number;
  end: number;
  // eslint-disable-next-line typescript/no-explicit-any
  [field: string]: any;
}

export interface Comment {
  value: string;
  start: number;
  end: number;
}

export type Lang = 'js' | 'jsx' | 'ts' | 'tsx';
/** `commonjs`: a top-level `return` is legal and the body runs inside a function of Node's. */
export type Goal = 'module' | 'commonjs' | 'script';

export interface Parsed {
  program: Node;
  /** Read on demand: fetching them costs as much as a tenth of the parse. */
  comments: () => Comment[];
}

export type ParseResult = { ok: true; parsed: Parsed } | { ok: false; message: string; offset: number };

/**
 * Raw transfer shares the parser's memory instead of sending JSON: 2–6 times faster, Node ≥ 22 only. It reserves gigabytes of
 * address space, which some containers refuse with a RangeError; then JSON serves from there on. Its first use takes 10 ms, as
 * long as JSON takes for some 100 KB.
 */
let raw: boolean | null = null;
let charactersByJson = 0;
const RAW_FROM_CHARACTERS = 100_000;

function rawWanted(text: string): boolean {
  raw ??= process.env['INTELLIMAP_PARSER'] !== 'json' && rawTransferSupported();
  if (!raw || charactersByJson >= RAW_FROM_CHARACTERS) return raw;
  charactersByJson += text.length;
  return charactersByJson >= RAW_FROM_CHARACTERS;
}

export function parse(text: string, lang: Lang, goal: Goal): ParseResult {
  if (nestedTooDeeply(text)) return { ok: false, message: 'nested too deeply to be parsed', offset: 0 };
  const options = { lang, sourceType: goal, astType: 'js', preserveParens: true } as const;
  const result = parseWith(text, {
    ...options,
    // What is declared twice, or breaks out of nothing: V8 refuses such a text as a whole, and quotes it, which must not be ours. A few percent
    // of the parse. Not of TypeScript, where a type and a value may share a name, and a compiler looks at the text, too.
    showSemanticErrors: !lang.startsWith('ts'),
    ...(rawWanted(text) ? { experimentalRawTransfer: true } : {}),
  });
  const error = result.errors.find(isError);
  if (error) return { ok: false, message: error.message, offset: error.labels[0]?.start ?? 0 };
  return {
    ok: true,
    parsed: { program: result.program, comments: () => result.comments },
  };
}

/** Whether a text can only be an ES module: it has `import` or `export` declarations, or `import.meta`. */
export function isModuleText(text: string, lang: Lang): boolean {
  // One that is nested too deeply is refused later.
  if (!/\b(?:import|export)\b/.test(text) || nestedTooDeeply(text)) return false;
  return parseWith(text, { lang, sourceType: 'unambiguous', astType: 'js' }).module.hasModuleSyntax;
}

/** The enum that severities are of is erased from the package. */
const isError = ({ severity }: { severity: string }): boolean => severity === 'Error';

function parseWith(text: string, options: object): ReturnType<typeof parseSync> {
  try {
    return parseSync('source', text, options);
  } catch (error) {
    if (!raw || !(error instanceof RangeError)) throw error;
    raw = false;
    return parseSync('source', text, { ...options, experimentalRawTransfer: false } as object);
  }
}
