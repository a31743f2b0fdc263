/** How often each function was called: as recorded, and as V8 counted in the same pages. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countsOf } from './_precise.mjs';

const FUNCTIONS = `
  SELECT f.path, f.line, f."column", f.name, coalesce(sum(n.hits), 0)::INTEGER AS hits
  FROM functions f LEFT JOIN nodes_runtime n USING (ast_node_id)
  WHERE f.path LIKE 'storefront/src/%' AND f.kind <> 'module'
  GROUP BY ALL ORDER BY f.path, f.line, f."column"`;

/**
 * @param {import('./_storefront.mjs').Recording} recording
 * @returns {Promise<{ same: number, explained: string[] }>}
 */
export async function sameCounts({ cwd, scripts, rows }) {
  const functions = await rows(FUNCTIONS);
  // `/src/app.tsx` of the dev server, and what `../../src/app.tsx` of a bundle's map comes to.
  const pathOf = ({ pathname }) => join('storefront', pathname);
  const { counts, strangers } = countsOf(scripts, pathOf, functions);
  const countOf = (each) => counts.get(each) ?? 0;
  const explained = [];
  const differences = [];
  let same = 0;
  for (const each of functions) {
    const counted = countOf(each);
    const says = `${each.name} (${each.path}:${each.line}): recorded ${each.hits}, V8 ${counted}`;
    if (counted === each.hits) same++;
    else if (counted > each.hits && takesApart(textAt(cwd, each))) explained.push(says);
    else differences.push(says);
  }
  assert.deepEqual(differences, []);
  assert.deepEqual(
    strangers.filter((each) => isOurs(cwd, each)),
    [],
  );
  return { same, explained };
}

/**
 * A call begins with its body: one that fails while its parameters are taken apart is none. V8 counts it. React calls components without any props, to see
 * where they are defined, when it writes the stack of components for an error.
 */
const takesApart = (text) => /^(?:export )?(?:default )?(?:function \w*)?\(\{/.test(text);

const textAt = (cwd, { path, line, column }) =>
  readFileSync(join(cwd, path), 'utf8').split('\n')[line - 1].slice(column);

/** Functions that compilers add lie at places of ours: React Fast Refresh's, and what Vite puts around `import()` in builds. */
function isOurs(cwd, stranger) {
  const [, name, path, line] = /^(\S*) at (storefront\/src\/[^:]+):(\d+):/.exec(stranger) ?? [];
  if (path === undefined || /^_c\d*$/.test(name)) return false;
  return !textAt(cwd, { path, line: Number(line), column: 0 }).includes('import(');
}
