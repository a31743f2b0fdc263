/** What extensions are made with. Each gives back what it is given, marked with what it is; the compiler checks it, and `checkExtension` again when it is loaded. */
import type { AnalysisExtension } from './analysis.ts';
import type { EventsExtension } from './events.ts';
import type { PatternExtension } from './pattern.ts';
import type { StorageExtension } from './storage.ts';

export type Defined<Kind extends string, Made> = Made & { readonly extends: Kind };

export type DefinedAnalysis = Defined<'analysis', AnalysisExtension>;
export type DefinedPattern = Defined<'pattern', PatternExtension>;
export type DefinedStorage = Defined<'storage', StorageExtension>;
/** What `extend: […]` of `intellimap.config.ts` holds. */
export type Extension = DefinedAnalysis | DefinedPattern | DefinedStorage | EventsExtension;

/**
 * A question that `intellimap report` and `open` ask of every run:
 *
 *     export default defineAnalysis({
 *       name: 'acme/chatty',
 *       title: 'Functions called too often',
 *       async check({ sql }) {
 *         const rows = await sql<{ id: string; name: string; hits: number }>(
 *           'SELECT ast_node_id AS id, name, hits FROM hot_functions WHERE hits > $most', { most: 1000 });
 *         return rows.map(({ id, name, hits }) => ({ key: id, text: `${name} is called ${hits} times` }));
 *       },
 *     });
 */
export const defineAnalysis = (it: AnalysisExtension): DefinedAnalysis => marked('analysis', it);

/**
 * Something to find in the source, which `intellimap patterns` looks for:
 *
 *     export default definePattern({
 *       name: 'acme/print', kind: 'anti', severity: 1,
 *       what: 'Something is printed', why: 'Logs go elsewhere', todo: 'use the logger',
 *       nodes: ['CallExpression'], says: ['of console.log'],
 *       match: (node) => node.callee === 'console.log',
 *     });
 */
export const definePattern = (it: PatternExtension): DefinedPattern => marked('pattern', it);

/** A place for finished runs, which `export`, `import` and `runs` name with `--place`. docs/extending.md has one. */
export const defineStorage = (it: StorageExtension): DefinedStorage => marked('storage', it);

/** The same object with a mark: a class stays one. Objects that are frozen get theirs in a copy. */
function marked<Kind extends string, Made extends object>(kind: Kind, it: Made): Defined<Kind, Made> {
  const of = { value: kind, enumerable: true };
  return (
    Object.isExtensible(it) ? Object.defineProperty(it, 'extends', of) : Object.create(it, { extends: of })
  ) as Defined<Kind, Made>;
}
