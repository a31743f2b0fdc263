/** Which runs, what differs most, and whether they can be compared. */
import { ArrowLeftRight, Check, CircleHelp, TriangleAlert } from 'lucide-react';
import { ComparePicker, RunPicker } from '../../../frame/run-picker.tsx';
import type { RunLine } from '../../../state/run.ts';
import { ago, count } from '../../../text/format.ts';
import { swap } from '../commands.ts';
import type { Compared } from '../changes/groups.ts';
import { Groups } from './kinds.tsx';

interface Props {
  compared: Compared;
  runs: readonly RunLine[];
}

export function Head({ compared, runs }: Props) {
  const { headline, now, before, history, changes } = compared;
  const other = runs.find(({ id }) => id === before);
  const run = runs.find(({ id }) => id === now);
  return (
    <header className="compare-head">
      <div className="compare-runs">
        <span className="compare-side">A</span>
        <ComparePicker runs={runs} run={now} against={before} />
        <span className="quiet">{other !== undefined && ago(other.startedAt, Date.now())}</span>
        <button
          className="button small"
          title="Swap the two runs (Shift X)"
          aria-label="Swap the two runs"
          onClick={() => swap(now, before)}
        >
          <ArrowLeftRight size={14} aria-hidden />
        </button>
        <span className="compare-side">B</span>
        {run !== undefined && <RunPicker runs={runs} run={run} />}
      </div>
      <h1>{headline}</h1>
      <div className="compare-known">
      <p className="quiet">
        {changes.length === 0 ? 'Nothing else differs' : `${count(changes.length)} ${changes.length === 1 ? 'thing differs' : 'things differ'}`}{' '}
        between A and B;{' '}
        {history.length === 0
          ? 'no earlier runs of this command tell what differs anyhow: record it a few times'
          : `${count(history.length)} earlier ${history.length === 1 ? 'run tells' : 'runs tell'} what differs anyhow`}
        .
      </p>
      <LikenessList all={compared.likeness} />
      </div>
      <Groups changes={changes} />
      <Doubts all={compared.likeness} />
    </header>
  );
} // prettier-ignore

const TITLES: Readonly<Record<Compared['likeness'][number]['what'], string>> = {
  command: 'Command',
  code: 'Code',
  machine: 'Machine',
  load: 'Load',
  tier: 'Tier',
  completeness: 'Complete',
};

type Likeness = Compared['likeness'];

/** All six points, always: that something is the same is an answer, too. */
const LikenessList = ({ all }: { all: Likeness }) => (
  <ul className="likeness" aria-label="What makes the two comparable">
    {all.map((point) => (
      <li key={point.what} className={point.isDoubt ? 'doubt' : undefined} title={point.says}>
        <Sign of={point} />
        {TITLES[point.what]}
        <span className="quiet">{WORDS[point.verdict]}</span>
        <span className="aside">: {point.says}</span>
      </li>
    ))}
  </ul>
);

/** What takes weight from what is found is written out. */
const Doubts = ({ all }: { all: Likeness }) =>
  all
    .filter(({ isDoubt }) => isDoubt)
    .map(({ what, says }) => (
      <p key={what} className="doubt">
        {says.slice(0, 1).toUpperCase()}
        {says.slice(1)}.
      </p>
    ));

const WORDS = { same: 'same', differs: 'differs', unknown: 'not known' } as const;

const Sign = ({ of: { verdict, isDoubt } }: { of: Compared['likeness'][number] }) =>
  verdict === 'same' ? (
    <Check size={13} aria-hidden />
  ) : isDoubt ? (
    <TriangleAlert size={13} aria-hidden />
  ) : verdict === 'differs' ? (
    <ArrowLeftRight size={13} aria-hidden />
  ) : (
    <CircleHelp size={13} aria-hidden />
  );
