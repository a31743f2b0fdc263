/** What runs here is run again and again where once might do: said beside its name, and asked of the run with `q`. */
import { useMemo } from 'react';
import { useAnswer } from '../../../api/ask.ts';
import { type Command, runCommand, useCommands } from '../../../commands/registry.ts';
import { useRun } from '../../../state/run.ts';
import { toQuery } from '../../query/options.ts';
import { type RepeatedHere, repeatedHere, sqlOfFunction, sqlOfRepeated } from './repeated.ts';

/** @param of `ast_node_id` of what runs; null: nothing does */
export function Repeated({ of }: { of: string | null }) {
  const run = useRun();
  const { data } = useAnswer('report', of === null ? null : { ...run, name: 'n-plus-one' });
  const here = useMemo(() => (of === null ? null : repeatedHere(data?.findings ?? [], of)), [data, of]);
  useCommands(useMemo(() => commandsFor(of, here), [of, here]));
  if (here === null) return null;
  return (
    <button
      className="chip small"
      title={`${here.text}. Q asks for these calls.`}
      onClick={() => runCommand('cinema.query')}
    >
      N+1? ×{here.repeated.most}
    </button>
  );
}

function commandsFor(of: string | null, here: RepeatedHere | null): readonly Command[] {
  if (of === null) return [];
  const sql = here === null ? sqlOfFunction(of) : sqlOfRepeated(here.repeated);
  return [
    {
      id: 'cinema.query',
      title:
        here === null ? 'Ask for all calls of this function' : 'Ask for the calls that are repeated here',
      group: 'Cinema',
      keys: ['q'],
      run: () => toQuery(sql),
    },
  ];
}
