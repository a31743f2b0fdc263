/** How many findings earlier runs of the same command had: a small line beside the number. They are asked for one after the other, as each takes a while. */
import { useEffect, useState } from 'react';
import { type Answered, askOnce } from '../../api/ask.ts';
import { commandOf, shortRun, useRunLine, useWorkspace } from '../../state/run.ts';
import { count } from '../../text/format.ts';
import { runsOfTrend, pointsOf } from './trend.ts';

interface Number {
  run: string;
  /** null: the run cannot tell. */
  findings: number | null;
}

const WIDTH = 84;
const HEIGHT = 24;

export function Trend({ answer: { name, findings } }: { answer: Answered<'report'> }) {
  const { data } = useWorkspace();
  const now = useRunLine();
  const [before, setBefore] = useState<readonly Number[]>([]);
  const runs = data === undefined || now === null ? '' : runsOfTrend(data.runs, now).join(' ');
  useEffect(() => {
    const stop = new AbortController();
    setBefore([]);
    void askAll(runs.split(' ').filter(Boolean), name, stop.signal, (each) =>
      setBefore((known) => [each, ...known]),
    );
    return () => stop.abort();
  }, [runs, name]);
  if (now === null || before.every((each) => each.findings === null)) return null;
  const all = [...before, { run: now.id, findings: findings.length }];
  const told = all
    .map((each) => `${shortRun(each.run)}: ${each.findings === null ? 'not known' : count(each.findings)}`)
    .join(', ');
  const { line, last } = pointsOf(
    all.map((each) => each.findings),
    WIDTH,
    HEIGHT,
  );
  return (
    <svg
      className="trend"
      role="img"
      width={WIDTH}
      height={HEIGHT}
      aria-label={`Findings by run of ${commandOf(now)}: ${told}`}
    >
      <title>{told}</title>
      <polyline points={line} />
      <circle cx={last[0]} cy={last[1]} r={2.5} />
    </svg>
  );
}

/** From the newest back. */
async function askAll(
  runs: readonly string[],
  name: string,
  signal: AbortSignal,
  told: (each: Number) => void,
): Promise<void> {
  for (const run of runs) {
    try {
      const { holds, findings } = await askOnce('report', { run, name }, signal);
      if (signal.aborted) return;
      told({ run, findings: holds === 'yes' || holds === 'no' ? findings.length : null });
    } catch {
      // A run that cannot be read has no number; the others have theirs.
      if (signal.aborted) return;
      told({ run, findings: null });
    }
  }
}
