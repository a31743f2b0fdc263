/** Asks the server; the contract says what may be asked and what comes back. */
import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { decodeColumns } from '../../../intellimap/src/base/columns.ts';
import type { Failure, Question, Questions } from '../../../intellimap/src/serve/contract.ts';

export type Asked<Q extends Question> = Questions[Q]['ask'];
export type Answered<Q extends Question> = Questions[Q]['answer'];

/** What the server says when it cannot answer, or why it cannot be asked. */
export class NoAnswer extends Error {
  readonly hint: string | undefined;
  /** Of SQL that is wrong: where, UTF-16 units from its beginning. */
  readonly at: number | undefined;
  /** 0: the server is gone. */
  readonly status: number;

  constructor(status: number, { message, hint, at }: Failure) {
    super(message);
    this.name = 'NoAnswer';
    this.status = status;
    this.hint = hint;
    this.at = at;
  }
}

/** Type of an answer in columns. */
const COLUMNS = 'application/x-intellimap-columns';

/** @throws NoAnswer; AbortError when `signal` says so */
export async function ask<Q extends Question>(
  question: Q,
  by: Asked<Q>,
  signal?: AbortSignal,
): Promise<Answered<Q>> {
  const response = await reach(`api/${question}?${searchOf(by)}`, { signal: signal ?? null });
  return response.headers.get('content-type')?.startsWith(COLUMNS)
    ? (decodeColumns(await response.arrayBuffer()) as unknown as Answered<Q>)
    : ((await response.json()) as Answered<Q>);
}

/** Sends what is more than a question. @throws NoAnswer; AbortError when `signal` says so */
export async function send<Q extends 'sql' | 'edit'>(
  question: Q,
  by: Asked<Q>,
  signal?: AbortSignal,
): Promise<Answered<Q>> {
  const response = await reach(`api/${question}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(by),
    signal: signal ?? null,
  });
  return (await response.json()) as Answered<Q>;
}

/** @throws NoAnswer; AbortError when its signal says so */
export async function reach(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, { ...init, credentials: 'same-origin' }).catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    throw new NoAnswer(0, { message: 'The server does not answer', hint: 'Start it again: intellimap open' });
  });
  if (!response.ok) throw new NoAnswer(response.status, await failureOf(response));
  return response;
}

async function failureOf(response: Response): Promise<Failure> {
  const told = (await response.json().catch(() => null)) as Failure | null;
  return told ?? { message: `The server answered ${response.status} ${response.statusText}` };
}

/** Every question that was answered is kept while the page is open: recordings do not change, and who asks by another run asks anew. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // A server that is gone is asked again; one that says no, says it again.
      retry: (count, error) => count < 2 && error instanceof NoAnswer && error.status === 0,
    },
  },
});

/** For whoever asks outside of what is drawn: asked only where nobody has asked yet. @throws NoAnswer; AbortError when `signal` says so */
export async function askOnce<Q extends Question>(
  question: Q,
  by: Asked<Q>,
  signal?: AbortSignal,
): Promise<Answered<Q>> {
  const known = answers.getQueryData<Answered<Q>>([question, by]);
  if (known !== undefined) return known;
  const answer = await ask(question, by, signal);
  answers.setQueryData<Answered<Q>>([question, by], answer);
  return answer;
}

/** The answer to a question; while another one is on its way, the last stays. `by` null: not asked yet. */
export const useAnswer = <Q extends Question>(
  question: Q,
  by: Asked<Q> | null,
): UseQueryResult<Answered<Q>, NoAnswer> =>
  useQuery<Answered<Q>, NoAnswer>({
    queryKey: [question, by],
    queryFn: ({ signal }) => ask(question, by as Asked<Q>, signal),
    enabled: by !== null,
    placeholderData: keepPreviousData,
  });

/** The answer, if somebody else asked; it is not asked for. */
export const useKnown = <Q extends Question>(
  question: Q,
  by: Asked<Q>,
): UseQueryResult<Answered<Q>, NoAnswer> =>
  useQuery<Answered<Q>, NoAnswer>({ queryKey: [question, by], enabled: false });

function searchOf(by: object): URLSearchParams {
  const told = Object.entries(by).filter(([, value]) => value !== undefined && value !== null);
  return new URLSearchParams(told.map(([name, value]) => [name, String(value)]));
}
