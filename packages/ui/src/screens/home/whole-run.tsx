/** The whole run at a glance. */
import { lazy, Suspense, useMemo } from 'react';
import { useAnswer } from '../../api/ask.ts';
import { type Command, useCommands } from '../../commands/registry.ts';
import { DensityStrip } from '../../parts/density-strip.tsx';
import { errorBuckets } from '../../parts/density.ts';
import { Failed } from '../../parts/notice.tsx';
import { useRun } from '../../state/run.ts';
import { toggle, useSelection } from '../../state/selection.ts';
import { count, duration } from '../../text/format.ts';

/** Few ask for it, and it comes with a library. */
const WholeTable = lazy(() => import('./whole-table.tsx'));

/** As many buckets as the widest screen that is common has pixels for: a resize asks nothing. */
const PX = 1400;

const TABLE: readonly Command[] = [
  {
    id: 'view.table',
    title: 'As a table',
    group: 'View',
    keys: ['t'],
    run: () => toggle('table'),
  },
];

export function WholeRun() {
  const { data, error } = useAnswer('overview', { ...useRun(), px: PX });
  const asTable = useSelection((now) => now.options['table'] === '1');
  useCommands(TABLE);
  const density = useMemo(() => data && { ...data.head, ...data.columns }, [data]);
  const errors = useMemo(() => (density ? errorBuckets(density) : []), [density]);
  return (
    <section className="panel whole">
      <header>
        The whole run{density && `, ${duration(density.to - density.from)}`}
        {density && (
          <span className="quiet">
            {errors.length === 0
              ? 'no error was thrown in recorded code'
              : `errors in ${count(errors.length)} of ${count(density.calls.length)} stretches of ${duration(density.resolution)}`}
          </span>
        )}
        <span className="spread" />
        <span className="quiet">
          click anywhere to enter the cinema · <kbd className="key">T</kbd> {asTable ? 'strip' : 'table'}
        </span>
      </header>
      {error && <Failed error={error} />}
      {density && density.to <= density.from && <p className="card-note">Nothing in this run has a time.</p>}
      {density &&
        density.to > density.from &&
        (asTable ? (
          <Suspense>
            <WholeTable density={density} />
          </Suspense>
        ) : (
          <DensityStrip density={density} />
        ))}
    </section>
  );
}
