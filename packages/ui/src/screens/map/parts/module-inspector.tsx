/** A file: its figures, who calls it, what it calls, its slowest functions. */
import { EDGE_KINDS, State } from '../../../../../intellimap/src/layout/picture.ts';
import { useAnswer } from '../../../api/ask.ts';
import { useRun } from '../../../state/run.ts';
import { count, duration, percent, plural, short } from '../../../text/format.ts';
import { chooseItem } from '../actions.ts';
import { isDead, type MapModel } from '../model/model.ts';
import { changeWords, stateWords } from '../model/words.ts';
import { Buttons } from './buttons.tsx';
import { Fact, Heading, Link } from './facts.tsx';

const MOST = 5;

export function ModuleInspector({ model, module: m }: { model: MapModel; module: number }) {
  const { facts, layout } = model;
  const { path, count: functions, ran, lines, metrics, before, signatures, state } = facts.modules;
  const errors = metrics.errors?.[m] || 0;
  const sum = metrics.self?.reduce((all, each) => all + (each || 0), 0) ?? 0;
  const self = metrics.self?.[m];
  return (
    <>
      <header title={path[m]}>
        <span className="name">{path[m]}</span>
        <span className="chip">module</span>
      </header>
      <dl>
        {stateWords(facts, state[m]).length > 0 && (
          <Fact name="State">{stateWords(facts, state[m]).join(', ')}</Fact>
        )}
        {self !== undefined && !Number.isNaN(self) && (
          <Fact name="Self time">
            {duration(self * 1000)} · {percent(sum === 0 ? 0 : self / sum)}
            <Change before={before.self?.[m]} now={self} />
          </Fact>
        )}
        <Fact name="Calls">
          {count(metrics.calls?.[m] || 0)}
          <Change before={before.calls?.[m]} now={metrics.calls?.[m]} />
        </Fact>
        {!isDead(model, m) && <Entry path={path[m]} />}
        <Fact name="Errors" tone={errors > 0 ? 'bad' : undefined}>
          {errors === 0 ? '0' : `${count(errors)} · ${plural(signatures[m], 'kind')}`}
        </Fact>
        <Fact name="Ran">
          {functions[m] === 0 ? 'no functions' : `${count(ran[m])} of ${plural(functions[m], 'function')}`}
        </Fact>
        {lines[m] > 0 && <Fact name="Lines">{count(lines[m])}</Fact>}
      </dl>
      <Others model={model} module={m} title="Called by" edges={model.into[m]} end="src" />
      <Others model={model} module={m} title="Calls" edges={model.out[m]} end="dst" />
      <Slowest model={model} module={m} />
      <Buttons model={model} item={{ kind: 'module', at: m }} />
      {layout.cards.perRow[m] === 0 && (state[m] & State.NOT_LOADED) !== 0 && <p>It was never loaded.</p>}
    </>
  );
}

/** `▲ 2.3×` beside a figure, in a comparison. */
export function Change({ before, now }: { before: number | undefined; now: number | undefined }) {
  const words = changeWords(before, now);
  return words === null ? null : <span className="change"> ({words})</span>;
}

/** How long calls into the file take, at the slowest of its entries. */
function Entry({ path }: { path: string }) {
  const { data } = useAnswer('inside', { ...useRun(), path });
  if (data?.path !== path) return <Fact name="p95">…</Fact>;
  const entries = data.edges.filter(
    ({ src, dst, p95Ms }) => src.path !== path && dst.path === path && p95Ms !== null,
  );
  if (entries.length === 0) return null;
  const slowest = entries.reduce((most, each) => (each.p95Ms! > most.p95Ms! ? each : most));
  return (
    <Fact name="p95">
      <span
        title={`95 % of the calls ${slowest.src.name} → ${slowest.dst.name} took at most so long: the slowest way in`}
      >
        {duration(slowest.p95Ms! * 1000)} · {slowest.dst.name}
      </span>
    </Fact>
  );
}

interface OthersProps {
  model: MapModel;
  module: number;
  title: string;
  edges: readonly number[];
  end: 'src' | 'dst';
}

/** How often an edge was gone along; in a comparison, whether it is new, or how often it was. */
function callsAlong({ facts: { edges, other } }: MapModel, e: number): string {
  const [calls, before] = [edges.calls[e], edges.callsBefore[e]];
  if (calls > 0) return other !== null && before === 0 ? `${short(calls)} · new` : short(calls);
  if (before > 0) return `none · was ${short(before)}`;
  return EDGE_KINDS[edges.kind[e]] === 'unused' ? 'unused import' : 'imported';
}

/** Files at the other end of edges, those with most calls first. */
function Others({ model, title, edges, end }: OthersProps) {
  const { facts, layout } = model;
  if (edges.length === 0) return null;
  const sorted = edges.toSorted((a, b) => facts.edges.calls[b] - facts.edges.calls[a]);
  return (
    <section>
      <Heading>{title}</Heading>
      {sorted.slice(0, MOST).map((e) => {
        const m = facts.edges[end][e];
        return (
          <Link
            key={e}
            text={layout.cards.title[m]}
            title={facts.modules.path[m]}
            right={callsAlong(model, e)}
            onClick={() => chooseItem(model, { kind: 'module', at: m })}
          />
        );
      })}
      {sorted.length > MOST && <p className="more">and {plural(sorted.length - MOST, 'more file')}</p>}
    </section>
  );
}

function Slowest({ model, module: m }: { model: MapModel; module: number }) {
  const { first, count: functions } = model.facts.modules;
  const { name, metrics } = model.facts.functions;
  const own = Array.from({ length: functions[m] }, (_, n) => first[m] + n);
  const [column, text, title] = metrics.self
    ? [metrics.self, (ms: number) => duration(ms * 1000), 'Slowest functions']
    : [metrics.calls, short, 'Most called functions'];
  const some = own.filter((f) => (column?.[f] ?? 0) > 0).toSorted((a, b) => column![b] - column![a]);
  if (some.length === 0) return null;
  return (
    <section>
      <Heading>{title}</Heading>
      {some.slice(0, MOST).map((f) => (
        <Link
          key={f}
          text={name[f]}
          right={text(column![f])}
          onClick={() => chooseItem(model, { kind: 'function', at: f })}
        />
      ))}
    </section>
  );
}
