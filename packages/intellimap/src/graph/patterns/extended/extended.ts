/** Patterns that somebody else wrote, as ours are. One that throws is told as such, once, and looked for no further; the others go on. */
import type { PatternExtension, PatternNode } from '../../../base/extension/index.ts';
import { nearest } from '../../../base/nearest.ts';
import { Kind, KIND_NAMES, type KindName } from '../../tree/kinds.ts';
import type { Roles } from '../match.ts';
import type { Pattern } from '../pattern.ts';
import type { Project } from '../project.ts';
import type { Source } from '../source.ts';
import { Cursor } from './cursor.ts';

export interface ExtendedPatterns {
  patterns: Pattern[];
  /** A sentence each; grows while they are looked for. */
  failures: string[];
}

export function extendedPatterns(extensions: readonly PatternExtension[]): ExtendedPatterns {
  const failures: string[] = [];
  const patterns = extensions.flatMap((each) => {
    const unknown = each.nodes.find((name) => !Object.hasOwn(Kind, name));
    if (unknown === undefined) return [extended(each, (why) => void failures.push(`${each.name}: ${why}`))];
    const guess = nearest(unknown, KIND_NAMES);
    const meant = guess === undefined ? '' : `; did you mean "${guess}"?`;
    failures.push(`${each.name} is not looked for: there is no node "${unknown}"${meant}`);
    return [];
  });
  return { patterns, failures };
}

function extended(extension: PatternExtension, failed: (why: string) => void): Pattern {
  const { name, kind, what, why, todo, severity, confidence = 'likely', proof } = extension;
  let isOff = false;
  const rolesOf = (file: Source, node: number, project: Project): Roles | null => {
    if (isOff) return null;
    try {
      return rolesIn(file, extension.match(new Cursor(file, node, project)));
    } catch (error) {
      isOff = true;
      failed(
        `its match failed at ${file.path}:${file.lineOf(node)}: ${sentenceOf(error)}; it is looked for no further`,
      );
      return null;
    }
  };
  return {
    name,
    kind,
    what,
    why,
    todo,
    severity,
    confidence,
    match: {
      over: 'nodes',
      kinds: kindsOf(extension.nodes),
      says: [extension.nodes.join(' or '), ...extension.says],
      conditions: [],
      rolesOf,
    },
    proof: proof ?? { fact: 'ran' },
    told({ file, node, project }) {
      try {
        const told = extension.told?.(new Cursor(file, node, project));
        return typeof told === 'string' && told !== '' ? told : lowered(what);
      } catch {
        return lowered(what);
      }
    },
  };
}

function kindsOf(names: readonly string[]): Uint8Array {
  const kinds = new Uint8Array(KIND_NAMES.length);
  for (const name of names) kinds[Kind[name as KindName]] = 1;
  return kinds;
}

/** Null: it is not there. @throws TypeError when a part is none of the same file */
function rolesIn(file: Source, said: boolean | Readonly<Record<string, PatternNode>>): Roles | null {
  if (typeof said !== 'object' || said === null) {
    if (typeof said === 'boolean') return said ? {} : null;
    throw new TypeError('it gives neither true, false, nor who plays which part');
  }
  return Object.fromEntries(
    Object.entries(said).map(([role, value]) => {
      const place = Cursor.placeOf(value);
      if (place?.file !== file) throw new TypeError(`its part "${role}" is no node of the same file`);
      return [role, place.node];
    }),
  );
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
