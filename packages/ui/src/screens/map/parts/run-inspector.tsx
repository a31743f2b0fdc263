/** Nothing is chosen: the whole run, and where to look first. */
import { type Metric, State } from '../../../../../intellimap/src/layout/picture.ts';
import { count, duration, percent } from '../../../text/format.ts';
import { chooseItem } from '../actions.ts';
import { METRIC_WORDS } from '../model/heat.ts';
import { isDead, type MapModel } from '../model/model.ts';
import { neverRan } from '../model/words.ts';
import { Fact, Heading, Link } from './facts.tsx';

const MOST = 6;

export function RunInspector({ model, metric }: { model: MapModel; metric: Metric }) {
  const { modules, functions, hotPaths, processes, runs } = model.facts;
  const ran = modules.ran.reduce((sum, each) => sum + each, 0);
  // Of files that were not loaded nobody counted: what ran is a share of the others.
  const absent = modules.count.reduce((sum, each, m) => sum + (isAbsent(model, m) ? each : 0), 0);
  const known = functions.id.length - absent;
  const ofKind = (wanted: string): number => processes.filter(({ kind }) => kind === wanted).length;
  const pages = ofKind('page');
  const ofRun = runs === 1 ? '' : ' of this run';
  const dead = modules.path.filter((_, m) => isDead(model, m)).length;
  return (
    <>
      <header>
        <span className="name">{runs === 1 ? 'The whole run' : `${count(runs)} runs together`}</span>
        <span className="chip">system</span>
      </header>
      <dl>
        <Fact name="Files">
          {count(modules.path.length)}
          {dead > 0 && ` · ${count(dead)} ${neverRan(model.facts)}`}
        </Fact>
        <Fact name="Functions">
          {count(known)}
          {absent > 0 && ` · ${count(absent)} more not loaded`}
        </Fact>
        <Fact name="Ran">
          {count(ran)} · {percent(known === 0 ? 0 : ran / known)}
        </Fact>
        <Fact name={`Processes${ofRun}`}>{count(ofKind('main') + ofKind('worker'))}</Fact>
        {pages > 0 && <Fact name={`Pages${ofRun}`}>{count(pages)}</Fact>}
      </dl>
      <Hottest model={model} metric={metric} />
      {hotPaths.length > 0 && hotPaths[0].functions.length > 1 && (
        <section>
          <Heading>
            Hot path{runs === 1 ? '' : ' of this run'} · {percent(hotPaths[0].share)} of the time
            {runs === 1 && ' · own time of each'}
          </Heading>
          {hotPaths[0].functions.slice(0, 2 * MOST).map((f) => (
            <Link
              key={f}
              text={functions.name[f]}
              title={modules.path[functions.module[f]]}
              // Of runs together, the sums are of all of them.
              right={runs === 1 ? duration((functions.metrics.self?.[f] || 0) * 1000) : ''}
              onClick={() => chooseItem(model, { kind: 'function', at: f })}
            />
          ))}
        </section>
      )}
      <p className="more">Choose a file to see who calls it, and what it calls.</p>
    </>
  );
}

const isAbsent = ({ facts }: MapModel, m: number): boolean =>
  (facts.modules.state[m] & State.NOT_LOADED) !== 0;

function Hottest({ model, metric }: { model: MapModel; metric: Metric }) {
  const { modules, heat } = model.facts;
  const values = modules.metrics[metric];
  if (values === undefined || heat[metric] === undefined) return null;
  const sorted = Array.from(values, (_, m) => m)
    .filter((m) => values[m] > 0)
    .toSorted((a, b) => values[b] - values[a]);
  // Of coverage, the least is what one looks for.
  const told = metric === 'coverage' ? sorted.toReversed() : sorted;
  return (
    <section>
      <Heading>{metric === 'coverage' ? 'Least coverage' : `Most ${METRIC_WORDS[metric].name}`}</Heading>
      {told.slice(0, MOST).map((m) => (
        <Link
          key={m}
          text={model.layout.cards.title[m]}
          title={modules.path[m]}
          right={METRIC_WORDS[metric].text(values[m])}
          onClick={() => chooseItem(model, { kind: 'module', at: m })}
        />
      ))}
    </section>
  );
}
