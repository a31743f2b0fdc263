/** State at a moment as rows: what this thread changed just now first, then what the call was given, then the rest. Pure. */
import { previewText } from '../../../../../intellimap/src/base/preview-text.ts';
import type { ExecutionFrame } from '../../../../../intellimap/src/serve/contract.ts';
import type { CallName } from '../director/call.ts';

type LiveCall = ExecutionFrame['threads'][number]['stack'][number];

export interface StateRow {
  key: string;
  name: string;
  value: string;
  /** What it was before; null: nothing that was recorded. */
  before: string | null;
  /** Where it comes from, in words. */
  origin: string;
  isChanged: boolean;
  isError: boolean;
  /** Where a click leads. */
  to: {
    t: number;
    thread: number;
    call: number;
    function: string;
    module: string;
    nth: number | null;
  } | null;
}

/** @param of the call that is looked at; null: what runs */
export function stateRows(frame: ExecutionFrame, of: CallName | null): StateRow[] {
  const thread =
    frame.threads.find((each) => each.thread === of?.thread) ??
    frame.threads.find(({ stack }) => stack.length > 0);
  const call = thread?.stack.find((each) => each.call === of?.call) ?? thread?.stack.at(-1);
  const writes = writeRows(frame);
  const own = writes.filter(({ to }) => to?.thread === thread?.thread);
  const others = writes.filter((row) => !own.includes(row));
  const changedFirst = (rows: StateRow[]): StateRow[] =>
    rows.toSorted((a, b) => Number(b.isChanged) - Number(a.isChanged));
  const values = call === undefined ? [] : valueRows(call, thread!.thread);
  return [
    ...own.filter(({ isChanged }) => isChanged),
    ...values,
    ...own.filter(({ isChanged }) => !isChanged),
    ...changedFirst(others),
  ];
}

function writeRows({ state }: ExecutionFrame): StateRow[] {
  return state.map((write) => ({
    key: `${write.thread} ${write.target}`,
    name: write.target,
    value: previewText(write.preview),
    before: write.before === null ? null : previewText(write.before),
    origin: `${write.by.name}${write.by.line > 0 ? `:${write.by.line}` : ''}`,
    isChanged: write.changed,
    isError: false,
    to: {
      t: write.at,
      thread: write.thread,
      call: write.by.call,
      function: write.by.id,
      module: write.by.path,
      nth: write.nth,
    },
  }));
}

function valueRows(call: LiveCall, thread: number): StateRow[] {
  return call.values.map((value, n) => ({
    key: `value ${call.call} ${n}`,
    name: value.name ?? value.role,
    value: previewText(value.preview),
    before: null,
    origin: value.role === 'argument' ? `given to ${call.name}` : `${value.role} of ${call.name}`,
    isChanged: false,
    isError: value.role === 'thrown',
    to:
      call.since === null
        ? null
        : { t: call.since, thread, call: call.call, function: call.id, module: call.path, nth: null },
  }));
}
