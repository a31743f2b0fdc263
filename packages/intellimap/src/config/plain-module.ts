/**
 * A configuration in TypeScript, for a Node that cannot run it: types become spaces, so that all positions stay, and imports name their files in
 * full, since the text is run from an URL that has no folder.
 */
import { createRequire, isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCode, Fault } from '../base/fault.ts';
import { blankTypes, type Change, lineOf, type Node } from './blank-types.ts';

/** What the file may import of ours, where the workspace does not have us. */
const OWN: Record<string, string> = {
  intellimap: '../config/define.js',
  'intellimap/config': '../config/define.js',
  'intellimap/extend': '../api/extend.js',
  'intellimap/events': '../api/events.js',
};

/** @throws Fault when the text cannot be parsed, holds syntax that is more than types, or imports what is not there. */
export async function plainModule(text: string, file: string): Promise<string> {
  // Only here: the parser is heavy, and newer Nodes do without.
  const { parseSync } = await import('oxc-parser');
  const { program, errors } = parseSync(file, text, { lang: 'ts', sourceType: 'module' });
  const [error] = errors;
  if (error !== undefined) {
    const line = lineOf(text, error.labels[0]?.start ?? 0);
    throw new Fault(ExitCode.USAGE, `${basename(file)}:${line} cannot be parsed: ${error.message}`);
  }
  const changes = blankTypes(program, text, (node, what) => {
    throw new Fault(
      ExitCode.USAGE,
      `${basename(file)}:${lineOf(text, node.start)} uses ${what}, which is more than a type`,
      'Write it as JavaScript does.',
    );
  });
  return applied(text, [...changes, ...fullNames(program, file)]);
}

/** Sources of imports and re-exports, as URLs. */
function fullNames(program: Node, file: string): Change[] {
  const resolve = createRequire(file).resolve;
  return program['body'].flatMap((statement: Node): Change[] => {
    const source = statement['source'] as (Node & { value: string }) | null | undefined;
    const isType = statement['importKind'] === 'type' || statement['exportKind'] === 'type';
    if (!source || isType || isBuiltin(source.value)) return [];
    return [
      { start: source.start, end: source.end, text: JSON.stringify(urlOf(source.value, file, resolve)) },
    ];
  });
}

function urlOf(specifier: string, file: string, resolve: NodeJS.RequireResolve): string {
  if (Object.hasOwn(OWN, specifier)) return new URL(OWN[specifier], import.meta.url).href;
  try {
    return pathToFileURL(resolve(specifier)).href;
  } catch {
    throw new Fault(ExitCode.USAGE, `${basename(file)} imports "${specifier}", which is not there`);
  }
}

/** Changes do not overlap, but for spaces in spaces. */
function applied(text: string, changes: Change[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: put } of changes.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    result += text.slice(at, start) + (put ?? text.slice(start, end).replaceAll(/[^\r\n\u2028\u2029]/g, ' '));
    at = end;
  }
  return result + text.slice(at);
}
