/** How each report shows its findings; one that is not named shows what all findings say. */
import { broken, errors } from './broken.tsx';
import { drift } from './changed.tsx';
import { flags } from './flags.tsx';
import { dead } from './dead.tsx';
import { PLACE, type Shape, SURE, TEXT } from './shape.tsx';
import {
  awaits,
  hotPaths,
  hotspots,
  hottest,
  nPlusOne,
  resources,
  sampled,
  slowestTasks,
  slowTasks,
  vitals,
} from './slow.tsx';
import { dependencies, gap, imports, leaks } from './unused.tsx';

const PLAIN: Shape = { columns: [SURE, TEXT, PLACE] };

const SHAPES: Record<string, Shape> = {
  'broken-features': broken,
  errors,
  'hot-paths': hotPaths,
  hottest,
  hotspots,
  'cpu-hotspots': sampled,
  'slowest-tasks': slowestTasks,
  'slow-tasks': slowTasks,
  'n-plus-one': nPlusOne,
  'sequential-awaits': awaits,
  'slow-resources': resources,
  'web-vitals': vitals,
  drift,
  'dead-code': dead,
  'never-used-imports': imports,
  'unused-dependencies': dependencies,
  'coverage-gap': gap,
  'flag-coverage': flags,
  'leak-suspects': leaks,
};

export const shapeOf = (report: string): Shape => SHAPES[report] ?? PLAIN;
