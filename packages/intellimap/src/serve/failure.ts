/** Whatever fails is an answer: a status, what is wrong, what to do. Pure. */
import { ExitCode, Fault } from '../base/fault.ts';
import type { Failure } from './contract.ts';
import { SqlFault } from './sql-fault.ts';

const STATUS: Partial<Record<number, number>> = {
  [ExitCode.USAGE]: 400,
  [ExitCode.NOT_FOUND]: 404,
  // Damaged, or from a newer version: asking again is of no use until somebody does something.
  [ExitCode.UNREADABLE]: 422,
  // In use by others for too long, or being closed.
  [ExitCode.FAILED]: 503,
  [ExitCode.INTERRUPTED]: 503,
};

export function failureOf(error: unknown): { status: number; body: Failure } {
  if (error instanceof Fault) {
    const { message, advice, exitCode } = error;
    const at = error instanceof SqlFault && error.at !== null ? { at: error.at } : {};
    return {
      status: STATUS[exitCode] ?? 500,
      body: { message, ...(advice === undefined ? {} : { hint: advice }), ...at },
    };
  }
  const { message, statusCode } = error as { message?: string; statusCode?: number };
  // Of the HTTP server: a body that is too big, a parameter that is none.
  if (statusCode !== undefined && statusCode < 500)
    return { status: statusCode, body: { message: message ?? '' } };
  return {
    status: 500,
    body: {
      message: `this could not be answered: ${(message ?? String(error)).split('\n', 1)[0]}`,
      hint: 'It is a fault of IntelliMap; "intellimap report" may still answer.',
    },
  };
}
