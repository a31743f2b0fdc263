/** All questions by name, but for those that are sent (`sql.ts`, `edit.ts`). A new one is a file here, a line below, and a line in `contract.ts`. */
import type { Question } from '../contract.ts';
import type { Route } from '../route.ts';
import { call } from './call.ts';
import { compare } from './compare.ts';
import { compareTree } from './compare-tree.ts';
import { drift } from './drift.ts';
import { frame } from './frame.ts';
import { func } from './function.ts';
import { functions } from './functions.ts';
import { gates } from './gates.ts';
import { home } from './home.ts';
import { inside } from './inside.ts';
import { issues } from './issues.ts';
import { lines } from './lines.ts';
import { map } from './map.ts';
import { neighbourhood } from './neighbourhood.ts';
import { overview } from './overview.ts';
import { prompt } from './prompt.ts';
import { report } from './report.ts';
import { reports } from './reports.ts';
import { slowest } from './slowest.ts';
import { source } from './source.ts';
import { step } from './step.ts';
import { summary } from './summary.ts';
import { tables } from './tables.ts';
import { tasks } from './tasks.ts';
import { tree } from './tree.ts';
import { why } from './why.ts';
import { window } from './window.ts';
import { workspace } from './workspace.ts';

export const ROUTES: { [Name in Exclude<Question, 'sql' | 'edit'>]: Route<Name> } = {
  workspace,
  summary,
  home,
  report,
  reports,
  functions,
  function: func,
  issues,
  source,
  drift,
  compare,
  compareTree,
  map,
  inside,
  neighbourhood,
  slowest,
  call,
  tasks,
  tables,
  gates,
  frame,
  step,
  tree,
  overview,
  window,
  why,
  prompt,
  lines,
};
