/** Question: which functions of the run are called something like this? */
import { KNOWN_COLUMNS } from './known-functions.ts';
import type { Session } from './session.ts';

export interface FoundFunction {
  id: string;
  name: string;
  path: string;
  kind: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  hits: number;
}

/**
 * Words of `text` have to be in the name or the path, each of them, whatever their case. The best match comes first: the name itself, its last part, its beginning;
 * then by calls.
 */
export async function foundFunctions({ db }: Session, text: string, limit = 50): Promise<FoundFunction[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return await db.all<FoundFunction>(
    `WITH wanted AS (SELECT unnest(json_extract_string($words, '$[*]')) AS word),
     found AS (
       SELECT f.*, coalesce(n.hits, 0) AS hits, lower(f.name) AS small, lower(f.path) AS place
       FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id)
       WHERE NOT EXISTS (FROM wanted WHERE NOT contains(lower(f.name), word) AND NOT contains(lower(f.path), word)))
     SELECT ${KNOWN_COLUMNS}, f.hits FROM found f
     ORDER BY CASE WHEN small = $text THEN 0 WHEN ends_with(small, '.' || $text) THEN 1 WHEN starts_with(small, $text) THEN 2
         WHEN contains(small, $text) THEN 3 ELSE 4 END,
       hits DESC, id LIMIT $limit`,
    { words: JSON.stringify(words), text: text.trim().toLowerCase(), limit },
  );
}
