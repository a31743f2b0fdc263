/** A function: its figures, who calls it, what it calls. */
import { useAnswer } from '../../../api/ask.ts';
import { useRun } from '../../../state/run.ts';
import { go } from '../../../state/selection.ts';
import { count, duration, plural, short } from '../../../text/format.ts';
import { METRIC_WORDS } from '../model/heat.ts';
import type { MapModel } from '../model/model.ts';
import { stateWords } from '../model/words.ts';
import { Buttons } from './buttons.tsx';
import { Fact, Heading, Link } from './facts.tsx';
import { Change } from './module-inspector.tsx';

const MOST = 6;
const MORE_METRICS = ['coverage', 'flags', 'cpu', 'heap'] as const;

export function FunctionInspector({ model, at: f }: { model: MapModel; at: number }) {
  const { functions, modules } = model.facts;
  const { metrics, before } = functions;
  const { data } = useAnswer('function', { ...useRun(), function: functions.id[f] });
  const facts = data?.id === functions.id[f] ? data : undefined;
  const place = `${modules.path[functions.module[f]]}:${functions.line[f]}`;
  const words = stateWords(model.facts, functions.state[f]);
  const errors = metrics.errors?.[f] || 0;
  const known = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value);
  const p95 = Math.max(...(facts?.callers ?? []).map(({ p95Ms }) => p95Ms ?? -1), -1);
  return (
    <>
      <header title={functions.id[f]}>
        <span className="name mono">{functions.name[f]}</span>
        <span className="chip">function</span>
      </header>
      <dl>
        <Fact name="Where">
          <span title={place} className="mono">
            {model.layout.cards.title[functions.module[f]]}:{functions.line[f]}
          </span>
        </Fact>
        {words.length > 0 && <Fact name="State">{words.join(', ')}</Fact>}
        {known(metrics.self?.[f]) && (
          <Fact name="Self time">
            {duration(metrics.self[f] * 1000)}
            <Change before={before.self?.[f]} now={metrics.self[f]} />
          </Fact>
        )}
        {known(metrics.total?.[f]) && (
          <Fact name="Total time">
            {duration(metrics.total[f] * 1000)}
            <Change before={before.total?.[f]} now={metrics.total[f]} />
          </Fact>
        )}
        <Fact name="Calls">
          {count(metrics.calls?.[f] || 0)}
          <Change before={before.calls?.[f]} now={metrics.calls?.[f]} />
        </Fact>
        {p95 >= 0 && (
          <Fact name="p95">
            <span title="95 % of the calls took at most so long; of the slowest caller">
              {duration(p95 * 1000)}
            </span>
          </Fact>
        )}
        <Fact name="Errors" tone={errors > 0 ? 'bad' : undefined}>
          {count(errors)}
        </Fact>
        {MORE_METRICS.map((metric) => {
          const value = metrics[metric]?.[f];
          return known(value) && value > 0 ? (
            <Fact key={metric} name={METRIC_WORDS[metric].name}>
              {METRIC_WORDS[metric].text(value)}
            </Fact>
          ) : null;
        })}
        {facts !== undefined && facts.off !== null && <Fact name="Probe">{facts.off}</Fact>}
      </dl>
      {facts?.errors.slice(0, 3).map((error) => (
        <p className="map-error" key={`${error.name} ${error.message}`}>
          <strong>{error.name}</strong> {error.message} · {count(error.count)}×
        </p>
      ))}
      <Near title="Called by" all={facts?.callers ?? []} />
      <Near title="Calls" all={facts?.callees ?? []} />
      <Buttons model={model} item={{ kind: 'function', at: f }} />
    </>
  );
}

interface Neighbour {
  id: string;
  name: string;
  path: string;
  line: number;
  count: number;
  p95Ms: number | null;
}

function Near({ title, all }: { title: string; all: readonly Neighbour[] }) {
  if (all.length === 0) return null;
  return (
    <section>
      <Heading>{title}</Heading>
      {all.slice(0, MOST).map(({ id, name, path, line, count: calls, p95Ms }) => (
        <Link
          key={id}
          text={name}
          title={`${path}:${line}${p95Ms === null ? '' : ` · p95 ${duration(p95Ms * 1000)}`}`}
          right={`${short(calls)}×`}
          onClick={() => go({ function: id, module: path, call: null })}
        />
      ))}
      {all.length > MOST && <p className="more">and {plural(all.length - MOST, 'more function')}</p>}
    </section>
  );
}
