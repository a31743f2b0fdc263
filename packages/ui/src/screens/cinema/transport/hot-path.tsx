/** The hot-path player: only the hottest chain is bright, and playing waits for nothing else. Its functions light up as they run. */
import { Flame } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useAnswer } from '../../../api/ask.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useRun } from '../../../state/run.ts';
import { go, useSelection } from '../../../state/selection.ts';
import { useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';

interface ChainFunction {
  id: string;
  name: string;
  path: string;
}

const NONE: readonly ChainFunction[] = [];

export function HotPath({ parts: { director } }: { parts: Parts }) {
  const run = useRun();
  const isOn = useSelection((selection) => selection.options['hot'] === '1');
  const { data, error } = useAnswer('report', isOn ? { ...run, name: 'hot-paths' } : null);
  const chain = useMemo(() => (isOn && data !== undefined ? hottestOf(data.findings) : NONE), [isOn, data]);
  useEffect(() => {
    director.set({ chain: chain.length === 0 ? null : chain.map(({ id }) => id) });
  }, [director, chain]);
  return (
    <>
      <button
        className="press"
        aria-pressed={isOn}
        title="Play the hot path only"
        aria-label="Hot path"
        onClick={() => runCommand('cinema.hot-path')}
      >
        <Flame size={18} strokeWidth={1.7} aria-hidden />
      </button>
      {isOn &&
        (chain.length > 0 ? (
          <Chain chain={chain} director={director} />
        ) : (
          <span className="quiet">{messageOf(data, error)}</span>
        ))}
    </>
  );
}

const messageOf = (data: unknown, error: Error | null): string =>
  error !== null ? error.message : data === undefined ? '' : 'no chain of calls stands out in this run';

/** A card for each function, lit while it is on the stack. */
function Chain({ chain, director }: { chain: readonly ChainFunction[]; director: Parts['director'] }) {
  const frame = useShown(director.shown, (shown) => shown.frame);
  const running = new Set(frame?.threads.flatMap(({ stack }) => stack.map(({ id }) => id)));
  return (
    <ol className="hot-chain" aria-label="Functions of the hot path">
      {chain.map(({ id, name, path }) => (
        <li key={id}>
          <button
            className="mono"
            data-lit={running.has(id) || undefined}
            title={`${name}, ${path}`}
            aria-label={running.has(id) ? `${name}, running` : name}
            onClick={() => go({ function: id, module: path || null })}
          />
        </li>
      ))}
    </ol>
  );
}

/** Findings are as the analysis wrote them; the first is the hottest. */
function hottestOf(findings: readonly { finding: object }[]): readonly ChainFunction[] {
  const [first] = findings as readonly { finding: { chain?: { functions?: readonly ChainFunction[] } } }[];
  return first?.finding.chain?.functions ?? NONE;
}
