/** Question: what does the workspace's text consist of, as it is now? */
import type { RowOf } from '../schema/index.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';

export interface SourceGraph {
  files: RowOf<'source_files'>[];
  functions: RowOf<'source_functions'>[];
  holders: RowOf<'source_holders'>[];
  references: RowOf<'source_references'>[];
  imports: SourceImport[];
  exports: RowOf<'source_exports'>[];
  packages: RowOf<'source_packages'>[];
  dependencies: RowOf<'dependencies'>[];
}

export type SourceImport = Omit<RowOf<'source_imports'>, 'names' | 'unreferenced'> & {
  names: string[];
  unreferenced: string[];
};

/** null: nobody looked at the text. Several analyses of a session share the answer. */
export const sourceGraph = oncePerSession(async ({ db }: Session): Promise<SourceGraph | null> => {
  const files = await db.all<RowOf<'source_files'>>('SELECT * FROM source_files ORDER BY path');
  if (files.length === 0) return null;
  const imports = await db.all<RowOf<'source_imports'>>('SELECT * FROM source_imports ORDER BY path, line');
  return {
    files,
    functions: await db.all('SELECT * FROM source_functions ORDER BY path, line, ast_node_id'),
    holders: await db.all('SELECT * FROM source_holders ORDER BY path, line, id'),
    references: await db.all('SELECT * FROM source_references'),
    imports: imports.map((row) => ({
      ...row,
      names: JSON.parse(row.names) as string[],
      unreferenced: JSON.parse(row.unreferenced) as string[],
    })),
    exports: await db.all('SELECT * FROM source_exports ORDER BY path, line, name'),
    packages: await db.all('SELECT * FROM source_packages ORDER BY folder'),
    dependencies: await db.all('SELECT * FROM dependencies ORDER BY package, section, name'),
  };
});
