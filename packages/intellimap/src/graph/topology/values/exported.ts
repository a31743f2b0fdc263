/** The expression that a module exports by a name, through modules that pass it on. */
import { exportsOf } from '../../patterns/facts/exports.ts';
import type { Project, Ref } from '../../patterns/project.ts';
import type { Source } from '../../patterns/source.ts';
import { NONE } from '../../tree/tree.ts';
import { propertyName } from '../../patterns/facts/names.ts';
import { childAt, childrenOf, Field, Kind } from '../../tree/tree.ts';

const KNOWN = new WeakMap<Source, ReturnType<typeof exportsOf>>();

/** @param name `default`, or `*` for all of it; null: nobody knows */
export function exportedBy(project: Project, file: Source, name: string, steps = 6): Ref | null {
  if (steps === 0) return null;
  let all = KNOWN.get(file);
  if (all === undefined) KNOWN.set(file, (all = exportsOf(file)));
  const whole = all.get('module.exports');
  if (name === '*') return whole !== undefined && 'node' in whole ? whole : { file, node: 0 };
  const own = all.get(name) ?? (name === 'default' ? whole : undefined);
  if (own !== undefined) {
    if ('node' in own) return own;
    const module = project.fileAt(file, own.from);
    return module === null ? null : exportedBy(project, module, own.name, steps - 1);
  }
  for (const [key, each] of all) {
    if (!key.startsWith('* ') || !('from' in each)) continue;
    const module = project.fileAt(file, each.from);
    const found = module === null ? null : exportedBy(project, module, name, steps - 1);
    if (found !== null) return found;
  }
  return whole !== undefined && 'node' in whole ? propertyOf(whole, name) : null;
}

/** Of `module.exports = { a: … }`. */
function propertyOf({ file, node }: Ref, name: string): Ref | null {
  const { tree } = file;
  if (node === NONE || tree.kind[node] !== Kind.ObjectExpression) return null;
  const property = childrenOf(tree, node).find((each) => propertyName(tree, each) === name);
  return property === undefined ? null : { file, node: childAt(tree, property, Field.value) };
}
