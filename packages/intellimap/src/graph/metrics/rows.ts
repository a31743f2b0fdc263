/** Metrics of a file as rows of a table. Pure. */
import type { RowOf } from '../../schema/index.ts';
import type { SourceFile } from '../file/source-file.ts';
import { bodiesOf } from './bodies.ts';
import { effortOf } from './metrics.ts';
import { recursiveBodies } from './recursion.ts';

/** Of bodies that recordings have an id of: not of initialisers of fields, which run with the constructor. */
export function metricRows(file: SourceFile): RowOf<'function_metrics'>[] {
  const { metrics, tree, scopes } = file;
  const isRecursive = recursiveBodies(tree, scopes, bodiesOf(tree));
  const { halstead } = metrics;
  return Array.from(metrics.owner).flatMap((owner, body) => {
    const site = file.siteOf(owner);
    if (site === undefined) return [];
    return [
      {
        ast_node_id: site.id,
        path: file.path,
        lines: metrics.lines[body],
        parameters: metrics.parameters[body],
        cyclomatic: metrics.cyclomatic[body],
        cognitive: metrics.cognitive[body],
        cognitive_own: metrics.cognitiveOwn[body],
        nesting: metrics.nesting[body],
        captured: metrics.captured[body],
        recursive: isRecursive[body] === 1,
        calls: metrics.calls[body],
        loops: metrics.loops[body],
        awaits: metrics.awaits[body],
        operators: halstead.operators[body],
        operands: halstead.operands[body],
        all_operators: halstead.allOperators[body],
        all_operands: halstead.allOperands[body],
        ...effortOf(halstead, body),
      },
    ];
  });
}
