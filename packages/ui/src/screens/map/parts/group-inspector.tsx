/** A group of files, at the level of the system. */
import { count, duration, percent, short } from '../../../text/format.ts';
import { chooseItem, enter } from '../actions.ts';
import type { MapModel } from '../model/model.ts';
import { Fact, Heading, Link } from './facts.tsx';

const MOST = 8;

export function GroupInspector({ model, group }: { model: MapModel; group: number }) {
  const { layout, facts, groupFacts } = model;
  const { modules, functions, ran, metrics } = groupFacts[group];
  const errors = metrics.errors ?? 0;
  const weight = facts.modules.metrics.self ?? facts.modules.metrics.calls;
  const sorted = modules.toSorted((a, b) => (weight?.[b] || 0) - (weight?.[a] || 0));
  return (
    <>
      <header title={layout.groups.folder[group]}>
        <span className="name">{layout.groups.name[group]}</span>
        <span className="chip">group</span>
      </header>
      <dl>
        <Fact name="Folder">
          <span className="mono">{layout.groups.folder[group] || '.'}</span>
        </Fact>
        <Fact name="Files">{count(modules.length)}</Fact>
        <Fact name="Ran">
          {functions === 0
            ? 'no functions'
            : `${count(ran)} of ${count(functions)} functions · ${percent(ran / functions)}`}
        </Fact>
        {metrics.self !== undefined && <Fact name="Self time">{duration(metrics.self * 1000)}</Fact>}
        <Fact name="Calls">{count(metrics.calls ?? 0)}</Fact>
        <Fact name="Errors" tone={errors > 0 ? 'bad' : undefined}>
          {count(errors)}
        </Fact>
      </dl>
      <Between model={model} group={group} />
      <Heading>Files</Heading>
      {sorted.slice(0, MOST).map((m) => (
        <Link
          key={m}
          text={layout.cards.title[m]}
          title={facts.modules.path[m]}
          right={
            facts.modules.metrics.self
              ? duration((facts.modules.metrics.self[m] || 0) * 1000)
              : short(facts.modules.metrics.calls?.[m] || 0)
          }
          onClick={() => {
            enter(model, { kind: 'group', at: group });
            chooseItem(model, { kind: 'module', at: m });
          }}
        />
      ))}
      <div className="map-buttons">
        <button className="button main" onClick={() => enter(model, { kind: 'group', at: group })}>
          Show its files
        </button>
      </div>
    </>
  );
}

/** Calls to and from other groups. */
function Between({ model, group }: { model: MapModel; group: number }) {
  const { groupEdges, groups } = model.layout;
  const ends = [
    ['Called by', 'dst', 'src'],
    ['Calls', 'src', 'dst'],
  ] as const;
  return ends.map(([title, mine, other]) => {
    const all = Array.from(groupEdges.src, (_, e) => e)
      .filter((e) => groupEdges[mine][e] === group)
      .toSorted((a, b) => groupEdges.calls[b] - groupEdges.calls[a]);
    if (all.length === 0) return null;
    return (
      <section key={title}>
        <Heading>{title}</Heading>
        {all.slice(0, MOST).map((e) => (
          <Link
            key={e}
            text={groups.name[groupEdges[other][e]]}
            right={groupEdges.calls[e] > 0 ? `${short(groupEdges.calls[e])}×` : 'imported'}
            onClick={() => chooseItem(model, { kind: 'group', at: groupEdges[other][e] })}
          />
        ))}
      </section>
    );
  });
}
