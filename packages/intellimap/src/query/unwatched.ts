/** Functions that may have run without anybody seeing it: they carry no probe, by what they are or for the sake of a budget, and nobody else counted them. */

/** V8 counts functions as well as probes do. */
const SEEN = `
  SELECT ast_node_id FROM nodes_runtime WHERE hits > 0
  UNION ALL SELECT ast_node_id FROM coverage WHERE source = 'v8' AND kind = 'function' AND ast_node_id IS NOT NULL`;

/** How many there are in the chosen run: an expression. Bodies of modules are no functions. */
export const UNWATCHED_COUNT = `
  (SELECT count(*) FROM functions WHERE kind <> 'module' AND (off IS NOT NULL OR kept = 'nothing') AND ast_node_id NOT IN (${SEEN}))`;
