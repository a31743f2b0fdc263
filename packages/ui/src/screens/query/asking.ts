/** Asks SQL: one question at a time; the newest wins, and one that nobody waits for is stopped. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Answered, NoAnswer, send } from '../../api/ask.ts';
import type { AskedRun } from '../../state/run.ts';

export type SqlAnswer = Answered<'sql'>;

export interface Asking {
  /** What the answer is to. */
  sql: string | null;
  answer: SqlAnswer | null;
  error: NoAnswer | null;
  isAsking: boolean;
  ask: (sql: string) => void;
  cancel: () => void;
}

/** Rows that are asked for; more may be had from the command line, or with a LIMIT of one's own. */
export const ROWS = 10_000;

const NOTHING = { sql: null, answer: null, error: null, isAsking: false };

export function useSql({ run }: AskedRun): Asking {
  const [state, setState] = useState<Omit<Asking, 'ask' | 'cancel'>>(NOTHING);
  const stop = useRef<AbortController>(null);
  const cancel = useCallback(() => stop.current?.abort(), []);
  const ask = useCallback(
    (sql: string) => {
      stop.current?.abort();
      const controller = new AbortController();
      stop.current = controller;
      setState((now) => ({ ...now, isAsking: true, error: null }));
      send('sql', { sql, limit: ROWS, ...(run !== undefined && { run }) }, controller.signal).then(
        (answer) => setState({ sql, answer, error: null, isAsking: false }),
        (error: Error) => {
          if (stop.current !== controller) return;
          const isStopped = controller.signal.aborted;
          setState((now) => ({ ...now, sql, error: isStopped ? null : asNoAnswer(error), isAsking: false }));
        },
      );
    },
    [run],
  );
  useEffect(() => cancel, [cancel]);
  return { ...state, ask, cancel };
}

const asNoAnswer = (error: Error): NoAnswer =>
  error instanceof NoAnswer ? error : new NoAnswer(0, { message: error.message });
