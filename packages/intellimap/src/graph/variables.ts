/**
 * Variables of the environment that program texts name, found without parsing, as a command waits for it (0.6 s for 1,200 files on a busy machine, most of it for listing folders).
 * It may name more than are read. I/O: reads program texts.
 */
import { scopeFor } from '../load/node-scope.ts';
import { filesIn, smallText } from './files.ts';

export interface Variables {
  named: Set<string>;
  /** Of these, those whose value a text that names them has in quotes: it is no secret. */
  written: Set<string>;
}

/** `env.X`, `env?.X`, `env['X']` */
const MEMBER = /\benv\s*(?:(?:\?|!)?\.\s*([A-Za-z_]\w*)|!?(?:\?\.)?\[\s*(["'`])([A-Za-z_]\w*)\2\s*\])/g;
/** `{ X, Y: y = '1' } = process.env` */
const TAKEN_OUT = /\{([^{}]*)\}\s*=\s*[\w.]*\benv\b/g;

/** @param environment of the command */
export function variablesNamed(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Variables {
  const variables: Variables = { named: new Set(), written: new Set() };
  for (const path of filesIn(root, scopeFor(root, { include: [], exclude: [] })))
    addNamed(smallText(path, Infinity) ?? '', environment, variables);
  return variables;
}

export function addNamed(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  { named, written }: Variables,
): void {
  if (!/\benv\b/.test(text)) return;
  for (const name of namesIn(text)) {
    named.add(name);
    const value = environment[name];
    if (value !== undefined && ["'", '"', '`'].some((quote) => text.includes(quote + value + quote)))
      written.add(name);
  }
}

function namesIn(text: string): Set<string> {
  const names = new Set([...text.matchAll(MEMBER)].map(([, plain, , quoted]) => plain ?? quoted));
  for (const [, list] of text.matchAll(TAKEN_OUT))
    for (const part of list.split(',')) {
      const name = /^\s*["']?([A-Za-z_]\w*)/.exec(part)?.[1];
      if (name !== undefined) names.add(name);
    }
  return names;
}
