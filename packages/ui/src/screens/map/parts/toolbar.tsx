/** Above the map: level, heat, comparison, search, views. */
import { GitCompareArrows, Search, Table2 } from 'lucide-react';
import type { Metric } from '../../../../../intellimap/src/layout/picture.ts';
import { choose, selection, toggle, useSelection } from '../../../state/selection.ts';
import { shortRun } from '../../../state/run.ts';
import { chosenNow, goToLevel, toLines } from '../actions.ts';
import { choices, METRIC_WORDS } from '../model/heat.ts';
import { type MapLevel, OPTION } from '../model/items.ts';
import type { MapModel } from '../model/model.ts';
import { COMPARE, type Compared } from '../use-compared.ts';

interface Props {
  model: MapModel;
  level: MapLevel;
  metric: Metric;
  compared: Compared | null;
}

const LEVELS = [
  ['system', 'System', 'Groups of files'],
  ['module', 'Module', 'Files, a cell for each function'],
  ['function', 'Function', 'The functions of the chosen file, with their calls'],
] as const;

export function Toolbar({ model, level, metric, compared }: Props) {
  const view = useSelection(({ options }) => options[OPTION.view]);
  return (
    <div className="map-tools" role="toolbar" aria-label="Map">
      <div className="segments" role="group" aria-label="Level">
        {LEVELS.map(([id, title, meaning]) => (
          <button key={id} aria-pressed={level === id} title={meaning} onClick={() => goToLevel(model, id)}>
            {title}
          </button>
        ))}
        <button
          aria-pressed={false}
          disabled={chosenNow(model) === null}
          title="The lines of what is chosen, in the cinema"
          onClick={() => toLines(model, chosenNow(model))}
        >
          Line
        </button>
      </div>
      <div className="segments" role="group" aria-label="Heat: what cells are coloured by">
        {choices(model.facts).map(({ metric: each, why }, n) => (
          <button
            key={each}
            aria-pressed={metric === each && why === null}
            // Not `disabled`: it says why when it is pointed at, or focused.
            aria-disabled={why !== null}
            title={why ?? METRIC_WORDS[each].meaning}
            onClick={() => why === null && choose({ [OPTION.metric]: each })}
          >
            {n === 0 ? `Heat: ${METRIC_WORDS[each].name}` : METRIC_WORDS[each].name}
          </button>
        ))}
      </div>
      {compared !== null && <CompareButton compared={compared} />}
      <span className="map-gap" />
      <label className="map-find">
        <Search size={14} aria-hidden />
        <input
          type="search"
          placeholder="Find"
          aria-label="Find files and functions on the map"
          defaultValue={selection.getState().options[OPTION.find] ?? ''}
          onChange={({ target }) => choose({ [OPTION.find]: target.value || null }, { replace: true })}
        />
      </label>
      <div className="segments">
        <button
          aria-pressed={view === 'table'}
          title="The same as a table (T)"
          onClick={() => toggle(OPTION.view, 'table')}
        >
          <Table2 size={14} aria-hidden /> Table
        </button>
      </div>
    </div>
  );
}

function CompareButton({ compared: { other, why, isOn } }: { compared: Compared }) {
  return (
    <div className="segments">
      <button
        aria-pressed={isOn}
        aria-disabled={other === null}
        title={why ?? 'What is new, gone or changed against that run (C)'}
        onClick={() => other !== null && choose({ [COMPARE]: isOn ? null : '1', [OPTION.over]: null })}
      >
        <GitCompareArrows size={14} aria-hidden />
        {other === null ? 'Compare' : `Compare with ${shortRun(other.id)}`}
      </button>
    </div>
  );
}
