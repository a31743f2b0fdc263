/** At the right: what is known of the chosen group, file or function. */
import { useSelection } from '../../../state/selection.ts';
import type { Told } from '../drawing.ts';
import { openOf } from '../model/items.ts';
import { FunctionInspector } from './function-inspector.tsx';
import { GroupInspector } from './group-inspector.tsx';
import { ModuleInspector } from './module-inspector.tsx';
import { RunInspector } from './run-inspector.tsx';

export function Inspector({ told }: { told: Told }) {
  const { model, chosen, level } = told;
  const open = useSelection((selection) => (level === 'function' ? openOf(model, selection) : -1));
  return (
    <aside className="panel map-inspector" aria-label="What is chosen">
      {chosen?.kind === 'group' && <GroupInspector model={model} group={chosen.at} />}
      {chosen?.kind === 'module' && <ModuleInspector model={model} module={chosen.at} />}
      {chosen?.kind === 'function' && <FunctionInspector model={model} at={chosen.at} />}
      {chosen === null && open >= 0 && <ModuleInspector model={model} module={open} />}
      {chosen === null && open < 0 && <RunInspector model={model} metric={told.metric} />}
    </aside>
  );
}
