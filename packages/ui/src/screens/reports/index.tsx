/** Everything that analyses found: one pattern for all of them. */
import { useEffect, useMemo } from 'react';
import { useAnswer } from '../../api/ask.ts';
import { type Command, useCommands } from '../../commands/registry.ts';
import { Failed, Waiting } from '../../parts/notice.tsx';
import { useRun } from '../../state/run.ts';
import { choose, useSelection } from '../../state/selection.ts';
import { grouped } from './groups.ts';
import { OPTION } from './options.ts';
import { Nav } from './nav.tsx';
import { Report } from './report.tsx';
import '../../parts/detail.css';
import './reports.css';

export default function Reports() {
  const run = useRun();
  const { data: reports, error } = useAnswer('reports', {});
  const groups = useMemo(() => grouped(reports ?? []), [reports]);
  const names = useMemo(() => groups.flatMap((group) => group.reports.map(({ name }) => name)), [groups]);
  const wanted = useSelection(({ options }) => options[OPTION.report]);
  const chosen = wanted !== undefined && names.includes(wanted) ? wanted : names[0];
  const answer = useAnswer('report', chosen === undefined ? null : { ...run, name: chosen });
  useCommands(useMemo(() => commands(names, chosen), [names, chosen]));
  useEffect(() => {
    document.getElementById(`report-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  if (error) return <Failed error={error} />;
  const isThis = answer.data?.name === chosen;
  return (
    <div className="reports">
      <Nav groups={groups} chosen={chosen ?? null} ready={answer.isSuccess && isThis} />
      <section className="report">
        {answer.error ? (
          <Failed error={answer.error} retry={() => void answer.refetch()} />
        ) : answer.data && isThis ? (
          <Report key={chosen} answer={answer.data} />
        ) : (
          <Waiting>Asking …</Waiting>
        )}
      </section>
    </div>
  );
}

function commands(names: readonly string[], chosen: string | undefined): Command[] {
  const step = (by: number) => () => {
    const to = names[(names.indexOf(chosen ?? '') + by + names.length) % names.length];
    if (to !== undefined) choose({ [OPTION.report]: to, [OPTION.finding]: null });
  };
  return [
    { id: 'reports.next', title: 'Next report', group: 'Reports', keys: [']'], run: step(1) },
    { id: 'reports.previous', title: 'Previous report', group: 'Reports', keys: ['['], run: step(-1) },
  ];
}
