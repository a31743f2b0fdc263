/** One request to one process: connects, asks, reads the answer, hangs up. I/O: a Unix domain socket. */
import fs from 'node:fs';
import { createConnection } from 'node:net';
import {
  socketAddress,
  type ControlAnswer,
  type ControlFile,
  type ControlRequest,
  type ControlResults,
} from '@intellimap/probe/wire';

/** A drain that is alive answers within some 50 ms. */
const PATIENCE_MS = 2000;

/** The process is gone, or its recorder does not answer; it runs on all the same. */
export class NoAnswer extends Error {}

/**
 * @throws NoAnswer when nobody listens or answers in time
 * @throws Error with the sentence of the process when it refuses
 */
export function ask<Op extends ControlRequest['op']>(
  { socket: path, pid }: Pick<ControlFile, 'socket' | 'pid'>,
  request: Extract<ControlRequest, { op: Op }>,
): Promise<ControlResults[Op]> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new NoAnswer(`process ${pid} does not answer: ${why}`));
    const address = socketAddress(path, fs);
    const connection = createConnection(address.path);
    const patience = setTimeout(
      () => connection.destroy(new Error(`none in ${PATIENCE_MS} ms`)),
      PATIENCE_MS,
    );
    let text = '';
    connection.setEncoding('utf8');
    connection.on('connect', () => void connection.write(`${JSON.stringify(request)}\n`));
    connection.on('data', (chunk: string) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      connection.end();
      const answer = answerIn(text);
      if (answer === undefined) fail('it says something else');
      else if (answer.ok) resolve(answer.result as ControlResults[Op]);
      else reject(new Error(`process ${pid}: ${answer.error}`));
    });
    connection.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    connection.on('close', () => {
      clearTimeout(patience);
      address.release();
      fail('it hung up');
    });
  });
}

function answerIn(line: string): ControlAnswer | undefined {
  try {
    return JSON.parse(line) as ControlAnswer;
  } catch {
    return undefined;
  }
}
