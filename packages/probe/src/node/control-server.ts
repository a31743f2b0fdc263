/**
 * The control socket of a process, served by the drain worker: a line of JSON in, a line of JSON out. Only the owner of the recording may
 * connect (a Unix domain socket in a folder of mode 0700). Where none can be made, the program is recorded without.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Server, Socket } from 'node:net';
import {
  CONTROL_VERSION,
  MAX_REQUEST_BYTES,
  socketAddress,
  type ControlAnswer,
  type ControlFile,
  type ControlRequest,
  type ControlResults,
} from '../wire/control.ts';

/** Clients at a time, and how long one may be silent. */
const MAX_CLIENTS = 16;
const CLIENT_TIMEOUT_MS = 10_000;

export type Handler = (request: ControlRequest) => ControlResults[keyof ControlResults];

/** Begins to listen; `control/<pid>.json` says where. Nothing happens when that fails. */
export function serveControl(runDir: string, pid: number, handle: Handler): void {
  const folder = path.join(runDir, 'control');
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = path.join(folder, `${pid}.sock`);
  // Of an earlier process of this run with the same pid.
  fs.rmSync(socket, { force: true });
  // Not imported: it takes longer to load than a short program runs.
  const { createServer } = process.getBuiltinModule('node:net');
  const server: Server = createServer((client) => answer(client, handle));
  server.maxConnections = MAX_CLIENTS;
  server.on('error', () => server.close());
  const address = socketAddress(socket, fs);
  // It is bound before `listen` returns.
  server.listen(address.path, () => {
    const file: ControlFile = {
      version: CONTROL_VERSION,
      pid,
      socket,
      node: process.version,
      argv: process.argv,
    };
    const draft = path.join(folder, `${pid}.json.tmp`);
    fs.writeFileSync(draft, JSON.stringify(file));
    fs.renameSync(draft, path.join(folder, `${pid}.json`));
  });
  address.release();
}

function answer(client: Socket, handle: Handler): void {
  let text = '';
  client.setEncoding('utf8');
  client.setTimeout(CLIENT_TIMEOUT_MS, () => client.destroy());
  client.on('error', () => client.destroy());
  client.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    if (lines.some((line) => line.length > MAX_REQUEST_BYTES)) return void client.destroy();
    text = lines.pop()!;
    for (const line of lines) client.write(`${JSON.stringify(answerTo(line, handle))}\n`);
    return undefined;
  });
}

export function answerTo(line: string, handle: Handler): ControlAnswer {
  try {
    return { ok: true, result: handle(checked(JSON.parse(line))) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws Error with a sentence when it is no request. */
function checked(value: unknown): ControlRequest {
  const request = value as Record<string, unknown> | null;
  if (typeof request !== 'object' || request === null) throw new Error('a request is a JSON object');
  const op = String(request['op']);
  const wrong = Object.entries(Object.hasOwn(FIELDS, op) ? FIELDS[op] : unknownOp(request['op'])).find(
    ([name, isRight]) => !isRight(request[name]),
  );
  if (wrong) throw new Error(`"${op}": bad "${wrong[0]}"`);
  return request as unknown as ControlRequest;
}

function unknownOp(op: unknown): never {
  throw new Error(
    `unknown request ${JSON.stringify(op)}: this probe knows ${Object.keys(FIELDS).join(', ')}`,
  );
}

type Check = (value: unknown) => boolean;
const texts: Check = (value) => Array.isArray(value) && value.every((each) => typeof each === 'string');
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const limit = maybe((value) => value === null || number(value));
const text: Check = (value) => typeof value === 'string';

const FIELDS: Record<string, Record<string, Check>> = {
  status: {},
  trace: {
    files: texts,
    names: maybe(texts),
    label: maybe(text),
    seconds: maybe(number),
    calls: maybe(number),
  },
  traceTask: {
    kind: maybe(text),
    name: maybe(text),
    slowerThanMs: maybe(number),
    status: maybe(number),
    label: maybe(text),
    seconds: maybe(number),
  },
  stop: { trace: number },
  limits: {
    cpu: limit,
    memory: limit,
    eventsPerSecond: limit,
    bytes: limit,
    seconds: limit,
    sample: maybe((value) => value === null || value === 'auto' || (number(value) && Number(value) <= 1)),
  },
  keep: { reason: maybe(text) },
  panic: { reason: maybe(text) },
};
