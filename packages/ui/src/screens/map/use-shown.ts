/** What the map shows: made of the answer and the selection. */
import { useMemo } from 'react';
import { useAnswer } from '../../api/ask.ts';
import { useRun } from '../../state/run.ts';
import { useSelection } from '../../state/selection.ts';
import type { Told } from './drawing.ts';
import { metricOf, painted } from './model/heat.ts';
import { chosenOf, levelOf, openOf, OPTION } from './model/items.ts';
import type { MapModel } from './model/model.ts';
import { openCard, strongest } from './model/open-card.ts';
import { matching, shownModules } from './model/related.ts';

export function useShown(model: MapModel): Told {
  const selection = useSelection((all) => all);
  const { options } = selection;
  const level = levelOf(model, selection);
  const metric = metricOf(model.facts, options[OPTION.metric]);
  const [only, hidden, find] = [options[OPTION.only], options[OPTION.hidden], options[OPTION.find]];
  const wanted = selection.function === null ? -1 : (model.functionAt.get(selection.function) ?? -1);
  const open = useOpenCard(model, level === 'function' ? openOf(model, selection) : -1, wanted);
  const cells = useMemo(() => painted(model.facts, metric), [model, metric]);
  const modules = useMemo(() => shownModules(model, { only, hidden }), [model, only, hidden]);
  const found = useMemo(() => matching(model, find), [model, find]);
  const chosen = chosenOf(model, selection, level);
  const [weaker, dots] = [options[OPTION.weaker] === '1', options[OPTION.dots] === '1'];
  return { model, level, metric, cells, modules, weaker, open, chosen, found, dots };
}

/** Calls within a file are asked for when it is opened; until then it has its functions. */
function useOpenCard(model: MapModel, module: number, wanted: number): Told['open'] {
  const run = useRun();
  const path = module < 0 ? null : model.facts.modules.path[module];
  const { data } = useAnswer('inside', path === null ? null : { ...run, path });
  // While another answer is on its way, the last one is of another file.
  const inside = data?.path === path ? data : undefined;
  // Boxes keep their places while one of them is chosen after the other.
  const isLeft = module >= 0 && wanted >= 0 && !strongest(model, module, -1).has(wanted);
  const always = isLeft ? wanted : -1;
  return useMemo(
    () => (module < 0 ? null : openCard(model, module, inside, always)),
    [model, module, inside, always],
  );
}
