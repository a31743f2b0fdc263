/** Reports on time: functions, chains, tasks, requests. */
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { count, percent } from '../../../text/format.ts';
import { Chain, Parts } from './chain.tsx';
import { column, ms, numbers, PLACE, Places, type Shape, Share, SURE } from './shape.tsx';

const NAME = 'minmax(200px, 1fr)';

type Hot = Findings.HotFinding;
export const hottest: Shape = {
  columns: [
    column<Hot>('name', 'Function', NAME, ({ hot }) => <span className="mono">{hot.name}</span>, ({ hot }) => hot.name), // prettier-ignore
    numbers<Hot>('self', 'Own time', '96px', ({ hot }) => hot.selfMs, ms),
    numbers<Hot>('total', 'With callees', '96px', ({ hot }) => hot.totalMs, ms),
    numbers<Hot>('wait', 'Waiting', '96px', ({ hot }) => hot.waitMs, ms),
    numbers<Hot>('calls', 'Calls', '96px', ({ hot }) => hot.hits, count),
    PLACE,
  ],
};

type Spot = Findings.HotspotFinding;
export const hotspots: Shape = {
  columns: [
    column<Spot>('name', 'Function', NAME, ({ spot }) => <span className="mono">{spot.name}</span>, ({ spot }) => spot.name), // prettier-ignore
    column<Spot>('share', 'Of all own time', '140px', ({ spot }) => <Share of={spot.share} text={percent(spot.share)} />, ({ spot }) => spot.share), // prettier-ignore
    numbers<Spot>('self', 'Own time', '90px', ({ spot }) => spot.selfMs, ms),
    numbers<Spot>('calls', 'Calls', '90px', ({ spot }) => spot.hits, count),
    numbers<Spot>('held', 'Held the loop', '100px', ({ spot }) => spot.heldMs, ms),
    numbers<Spot>('gc', 'In GC', '80px', ({ spot }) => spot.gcMs, ms),
    numbers<Spot>(
      'growth',
      'Grew',
      '64px',
      ({ growth }) => growth,
      (value) => `×${value.toFixed(1)}`,
    ),
    PLACE,
  ],
};

type Sampled = Findings.SampledFinding;
export const sampled: Shape = {
  columns: [
    SURE,
    column<Sampled>('name', 'Function', NAME, ({ sampled: { name } }) => <span className="mono">{name}</span>, ({ sampled: { name } }) => name), // prettier-ignore
    column<Sampled>('share', 'Of processor time', '140px', ({ share }) => <Share of={share / 100} text={percent(share / 100)} />, ({ share }) => share), // prettier-ignore
    numbers<Sampled>('self', 'Own time', '96px', ({ sampled: { selfMs } }) => selfMs, ms),
    numbers<Sampled>('samples', 'Samples', '84px', ({ sampled: { self } }) => self, count),
    PLACE,
  ],
};

type Path = Findings.PathFinding;
export const hotPaths: Shape = {
  columns: [
    column<Path>('measure', 'Measure', '70px', ({ chain }) => <span className="quiet">{chain.measure}</span>, ({ chain }) => chain.measure), // prettier-ignore
    column<Path>('share', 'Share', '140px', ({ chain }) => <Share of={chain.share} text={percent(chain.share)} />, ({ chain }) => chain.share), // prettier-ignore
    numbers<Path>('total', 'Time', '84px', ({ chain }) => chain.totalMs, ms),
    column<Path>('chain', 'Chain of calls', 'minmax(320px, 2fr)', ({ chain }) => (
      <Chain of={chain.functions} />
    )),
    SURE,
  ],
  detail: (row) => {
    const { chain } = row.finding as Path;
    return (
      <>
        <Parts
          of={[
            ['own code of the last function', chain.selfMs],
            ['waiting for what is not recorded', chain.waitMs],
            ['going round (recursion)', chain.roundMs],
            ...chain.scattered.map(({ name, totalMs }): [string, number] => [name, totalMs]),
          ]}
          all={chain.totalMs}
        />
        <h2>From the root</h2>
        <Places all={chain.functions} />
      </>
    );
  },
};

type Task = Findings.TaskFinding;
export const slowestTasks: Shape = {
  columns: [
    column<Task>('kind', 'Kind', '84px', ({ task }) => <span className="quiet">{task.kind}</span>, ({ task }) => task.kind), // prettier-ignore
    column<Task>('name', 'Task', NAME, ({ task }) => <span className="mono">{task.name}</span>, ({ task }) => task.name), // prettier-ignore
    numbers<Task>('took', 'Took', '90px', ({ task }) => task.durationMs, ms),
    numbers<Task>('calls', 'Calls', '80px', ({ task }) => task.calls, count),
    numbers<Task>('errors', 'Errors', '70px', ({ task }) => task.errors, count),
    PLACE,
  ],
  placeOf: (row) => {
    const { task } = row.finding as Task;
    return { t: task.startUs, thread: task.threadId, path: task.path, line: task.line };
  },
};

type Slow = Findings.SlowTaskFinding;
export const slowTasks: Shape = {
  columns: [
    column<Slow>('shape', 'Tasks like', NAME, ({ reason }) => <span className="mono">{reason.shape}</span>, ({ reason }) => reason.shape), // prettier-ignore
    numbers<Slow>('took', 'Slowest', '90px', ({ reason }) => reason.durationMs, ms),
    numbers<Slow>('median', 'Median', '90px', ({ reason }) => reason.medianMs, ms),
    numbers<Slow>('alike', 'Of', '56px', ({ reason }) => reason.alike, count),
    column<Slow>('waits', 'Waiting', '140px', ({ reason }) => <Share of={reason.waitMs / reason.durationMs} text={ms(reason.waitMs)} />, ({ reason }) => reason.waitMs), // prettier-ignore
    column<Slow>('most', 'Most of all for', 'minmax(140px, 0.6fr)', ({ reason }) => <span className="mono">{waitName(reason.waits[0])}</span>), // prettier-ignore
    SURE,
  ],
  detail: (row) => {
    const { reason } = row.finding as Slow;
    return (
      <>
        <Parts
          of={[
            ['work', reason.workMs],
            ...reason.waits.map((wait): [string, number] => [`waiting: ${waitName(wait)}`, wait.ms]),
            ['garbage collections', reason.gcMs],
            ['the thread worked for others', reason.othersMs],
          ]}
          all={reason.durationMs}
        />
        {reason.heldBy !== null && (
          <p>
            {reason.heldBy.name} held the event loop meanwhile, for {ms(reason.heldBy.ms)}.
          </p>
        )}
        <h2>From its first function to what kept it</h2>
        <Places all={reason.path} />
      </>
    );
  },
};

const waitName = (wait: Slow['reason']['waits'][number] | undefined): string =>
  wait === undefined ? '–' : (wait.function?.name ?? wait.kind ?? 'something that is not recorded');

type Repeated = Findings.RepeatedFinding;
export const nPlusOne: Shape = {
  columns: [
    SURE,
    column<Repeated>('caller', 'Caller → callee', NAME, ({ repeated: { caller, callee } }) => <Chain of={[caller, callee]} />, ({ repeated }) => repeated.caller.name), // prettier-ignore
    column<Repeated>('times', 'In one call', '96px', ({ repeated: { least, most } }) => (least === most ? `${most} times` : `${least} – ${most} times`), ({ repeated }) => repeated.most), // prettier-ignore
    numbers<Repeated>('callers', 'Such calls', '84px', ({ repeated }) => repeated.callers, count),
    column<Repeated>('turn', 'How', '96px', ({ repeated }) => <span className="quiet">{repeated.inTurn ? 'in turn' : 'together'}</span>), // prettier-ignore
    numbers<Repeated>('saving', 'Would save', '96px', ({ repeated }) => repeated.savingMs, ms),
    PLACE,
  ],
  placeOf: (row) => {
    const { threadId, callId, caller } = (row.finding as Repeated).repeated;
    return {
      thread: threadId,
      call: String(callId),
      function: caller.id,
      path: caller.path,
      line: caller.line,
    };
  },
};

type Awaits = Findings.AwaitsFinding;
export const awaits: Shape = {
  columns: [
    column<Awaits>('caller', 'Function', 'minmax(160px, 0.7fr)', ({ awaits: { caller } }) => <span className="mono">{caller.name}</span>, ({ awaits: { caller } }) => caller.name), // prettier-ignore
    column<Awaits>('steps', 'Awaits, one after the other', NAME, ({ awaits: { steps } }) => <span className="mono">{steps.map(stepName).join(' → ')}</span>), // prettier-ignore
    numbers<Awaits>('turn', 'In turn', '90px', ({ awaits: { inTurnMs } }) => inTurnMs, ms),
    numbers<Awaits>('together', 'Together', '90px', ({ awaits: { togetherMs } }) => togetherMs, ms),
    numbers<Awaits>('saving', 'Would save', '96px', ({ savingMs }) => savingMs, ms),
    SURE,
    PLACE,
  ],
};

const stepName = ({ name, times }: { name: string; times: number }): string =>
  times > 1 ? `${name} ×${times}` : name;

type Resource = Findings.ResourceFinding;
export const resources: Shape = {
  columns: [
    column<Resource>('route', 'Request', NAME, ({ resource: { method, route } }) => <span className="mono">{`${method} ${route}`}</span>, ({ resource: { route } }) => route), // prettier-ignore
    numbers<Resource>('count', 'Times', '80px', ({ resource }) => resource.count, count),
    numbers<Resource>('failures', 'Failed', '76px', ({ resource }) => resource.failures, count),
    numbers<Resource>('p50', 'Median', '90px', ({ resource }) => resource.p50Ms, ms),
    numbers<Resource>('p95', 'p95', '90px', ({ resource }) => resource.p95Ms, ms),
    numbers<Resource>('max', 'Slowest', '90px', ({ resource }) => resource.maxMs, ms),
    PLACE,
  ],
};

type Vital = Findings.VitalFinding;
export const vitals: Shape = {
  columns: [
    column<Vital>('page', 'Page', NAME, ({ vital: { page } }) => <span className="mono">{page}</span>, ({ vital: { page } }) => page), // prettier-ignore
    column<Vital>(
      'name',
      'Measure',
      '84px',
      ({ vital }) => vital.name,
      ({ vital }) => vital.name,
    ),
    column<Vital>('value', 'Value', '90px', ({ vital: { value, unit } }) => (unit === 'ms' ? ms(value) : value.toFixed(3)), ({ vital }) => vital.value), // prettier-ignore
    column<Vital>(
      'rating',
      'Rating',
      '140px',
      ({ vital }) => vital.rating,
      ({ vital }) => vital.rating,
    ),
    numbers<Vital>('visits', 'Visits', '76px', ({ vital }) => vital.visits, count),
    column<Vital>('element', 'At', NAME, ({ vital: { element, url } }) => <span className="mono">{element ?? url ?? ''}</span>), // prettier-ignore
  ],
};
