/** What the signs of the map mean; always there. */
import { type Metric, State } from '../../../../../intellimap/src/layout/picture.ts';
import { EDGE_KINDS } from '../../../../../intellimap/src/layout/picture.ts';
import { choose, toggle, useSelection } from '../../../state/selection.ts';
import { count, plural } from '../../../text/format.ts';
import { showAll } from '../actions.ts';
import { METRIC_WORDS } from '../model/heat.ts';
import { type MapLevel, OPTION } from '../model/items.ts';
import { RunsButtons } from './runs-buttons.tsx';
import { neverRan } from '../model/words.ts';
import type { MapModel } from '../model/model.ts';
import { MOST_EDGES } from '../model/system.ts';

const HEATS = [1, 2, 3, 4, 5] as const;

export function Legend({ model, metric, level }: { model: MapModel; metric: Metric; level: MapLevel }) {
  const { facts } = model;
  const weaker = weakerAt(model, level);
  const options = useSelection((selection) => selection.options);
  const isFiltered = options[OPTION.hidden] !== undefined || options[OPTION.only] !== undefined;
  const errors = facts.modules.metrics.errors?.reduce((sum, each) => sum + (each || 0), 0) ?? 0;
  const hasUnused = facts.edges.kind.includes(EDGE_KINDS.indexOf('unused'));
  const hasUnknown = facts.functions.state.some((state) => (state & State.UNKNOWN) !== 0);
  return (
    <div className="map-legend" aria-label="Legend">
      {facts.other === null && <RunsButtons runs={facts.runs} />}
      <span>
        {metric === 'coverage' ? 'little ran' : 'cold'}
        <span className="heat-ramp" title={rampTitle(model, metric)}>
          {HEATS.map((step) => (
            <i key={step} className={`heat-${step}`} />
          ))}
        </span>
        {metric === 'coverage' ? 'all ran' : 'hot'}
      </span>
      {facts.runs > 1 && (
        <span title="Calls, errors, times and CPU are sums of these runs; of coverage and heap, the most of any of them counts. The hot path is that of the chosen run.">
          sums of {count(facts.runs)} runs
        </span>
      )}
      <Sign name="hollow">{neverRan(facts)}</Sign>
      {hasUnknown && <Sign name="unknown">not recorded</Sign>}
      {facts.edges.hot.includes(1) && (
        <button
          aria-pressed={options[OPTION.dots] === '1'}
          title="Dots along the hot path, in the direction of calls"
          onClick={() => toggle(OPTION.dots)}
        >
          <i className="sign hot" aria-hidden /> hot path
        </button>
      )}
      {hasUnused && <Sign name="unused">unused import</Sign>}
      {errors > 0 && <span className="bad">! {plural(errors, 'error')}</span>}
      {facts.other !== null && (
        <>
          <Sign name="added">added</Sign>
          <Sign name="removed">removed</Sign>
          <Sign name="changed">text changed</Sign>
        </>
      )}
      {weaker > 0 && (
        <button
          className="chip"
          aria-pressed={options[OPTION.weaker] === '1'}
          onClick={() => toggle(OPTION.weaker)}
        >
          {options[OPTION.weaker] === '1'
            ? `without ${count(weaker)} weaker edges`
            : `+${count(weaker)} weaker edges`}
        </button>
      )}
      {isFiltered && (
        <button className="chip" onClick={showAll}>
          some files are hidden: show all
        </button>
      )}
      {options[OPTION.find] !== undefined && (
        <button className="chip" onClick={() => choose({ [OPTION.find]: null })}>
          found “{options[OPTION.find]}”: clear
        </button>
      )}
    </div>
  );
}

const Sign = ({ name, children }: { name: string; children: string }) => (
  <span>
    <i className={`sign ${name}`} aria-hidden /> {children}
  </span>
);

/** Edges that this level draws only when they are asked for. */
function weakerAt({ layout }: MapModel, level: MapLevel): number {
  if (level === 'system') return Math.max(0, layout.groupEdges.src.length - MOST_EDGES);
  return level === 'module' ? layout.weaker : 0;
}

/** What the steps of the ramp begin with. */
function rampTitle({ facts }: MapModel, metric: Metric): string {
  const steps = facts.heat[metric];
  if (steps === undefined) return METRIC_WORDS[metric].missing;
  const { name, text } = METRIC_WORDS[metric];
  return `${name}: from ${steps.map((from, at) => (at === 0 ? 'anything' : text(from))).join(' · ')}`;
}
