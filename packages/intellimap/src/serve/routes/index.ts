/** All questions by name. A new one is a file here, a line below, and a line in `contract.ts`. */
import type { Question } from '../contract.ts';
import type { Route } from '../route.ts';
import { drift } from './drift.ts';
import { func } from './function.ts';
import { functions } from './functions.ts';
import { home } from './home.ts';
import { inside } from './inside.ts';
import { issues } from './issues.ts';
import { map } from './map.ts';
import { neighbourhood } from './neighbourhood.ts';
import { report } from './report.ts';
import { reports } from './reports.ts';
import { slowest } from './slowest.ts';
import { source } from './source.ts';
import { summary } from './summary.ts';
import { workspace } from './workspace.ts';

export const ROUTES: { [Name in Question]: Route<Name> } = {
  workspace,
  summary,
  home,
  report,
  reports,
  functions,
  function: func,
  issues,
  source,
  map,
  inside,
  neighbourhood,
  slowest,
  drift,
};
