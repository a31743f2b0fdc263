/** The run that is looked at, as the screens ask for it. */
import type { UseQueryResult } from '@tanstack/react-query';
import { type Answered, type NoAnswer, useAnswer } from '../api/ask.ts';
import { latestOf } from './latest.ts';
import { selection, useSelection } from './selection.ts';

/** `{}`: the latest. To be spread into a question. */
export interface AskedRun {
  run?: string;
}

const askedOf = (run: string | null): AskedRun => (run === null ? {} : { run });

export const useRun = (): AskedRun => askedOf(useSelection(({ run }) => run));

/** The same for whoever asks once. */
export const askedRun = (): AskedRun => askedOf(selection.getState().run);

export function useAgainst(): { against?: string } {
  const against = useSelection((selection) => selection.against);
  return against === null ? {} : { against };
}

type Workspace = Answered<'workspace'>;
export type RunLine = Workspace['runs'][number];

export const useWorkspace = (): UseQueryResult<Workspace, NoAnswer> => useAnswer('workspace', {});

/** The run that is looked at, among those there are; null: it is not known (yet). */
export function useRunLine(): RunLine | null {
  const { data } = useWorkspace();
  const chosen = useSelection((selection) => selection.run);
  return (data && chosenAmong(data.runs, chosen)) ?? null;
}

/** @param chosen id, or a unique beginning of one; null: the latest */
export const chosenAmong = (runs: readonly RunLine[], chosen: string | null): RunLine | null =>
  (chosen === null ? latestOf(runs) : runs.find(({ id }) => id.startsWith(chosen))) ?? null;

/** `y4cw`: what tells runs of a day apart, of `20261122-094838-y4cw`. */
export const shortRun = (id: string): string => /^\d{8}-\d{6}-(.+)$/.exec(id)?.[1] ?? id;

/** What was recorded, as somebody typed it. */
export const commandOf = ({ command }: Pick<RunLine, 'command'>): string =>
  command.map((part, at) => (at === 0 ? part.slice(part.lastIndexOf('/') + 1) : part)).join(' ');
