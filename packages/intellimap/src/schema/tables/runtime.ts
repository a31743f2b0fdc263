/** Tables about what happened: tasks, calls, their aggregates, and errors. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;
const thread_id = { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' } as const;
const SINCE = 'µs since the run began';

export const tasks = {
  doc: 'One row for each causal chain: a request, a callback, the start of the program. Which are kept: `runs.tasks_kept`.',
  columns: {
    run_id,
    thread_id,
    task_id: { type: 'BIGINT', doc: 'Number of the task within its thread, from 1.' },
    kind: {
      type: 'VARCHAR',
      doc:
        '`main`: the modules run at start · `import`: a module loaded later · `callback`: a call that nobody is known to ' +
        'have scheduled · or the kind the probe gave it: `request`; of a page the event that the user or the browser brought about: `click`, `submit`, `load`. A callback belongs to the task of who scheduled it.',
    },
    name: { type: 'VARCHAR', doc: 'Name the probe gave it, else of the function it began with.' },
    ast_node_id: {
      type: 'VARCHAR',
      doc: 'Function it began with: `functions.ast_node_id`.',
      none: 'no call was seen in it',
    },
    start_us: { type: 'DOUBLE', unit: SINCE, doc: 'Its beginning.' },
    end_us: {
      type: 'DOUBLE',
      unit: SINCE,
      doc: 'End of its last call or turn; what is known so far when it is open.',
    },
    duration_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'From start to end, waiting included, but not `stalled_ms`.',
    },
    calls: { type: 'BIGINT', unit: 'calls', doc: 'Calls begun in it.' },
    errors: { type: 'BIGINT', unit: 'errors', doc: 'Errors first seen in it.' },
    open: {
      type: 'BOOLEAN',
      doc: 'Whether a call of it, or the task itself, had not ended when the recording did. A request whose connection was closed before its answer was whole has ended, with what it did last.',
    },
    busy_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Time that its turns had the stack: what it did, without what it waited for, and without `stalled_ms`.',
      none: 'loaded before it was looked at',
    },
    awaits: {
      type: 'BIGINT',
      unit: 'times',
      doc: 'How often an async function of it waited at an `await` (generators left out).',
      none: 'loaded before it was looked at',
    },
    stalled_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Time in its turns that the thread did nothing but wait for the recorder: between its start and its end, and in no duration.',
      none: 'loaded before it was looked at',
    },
    trace_id: {
      type: 'VARCHAR',
      doc: 'Trace that it belongs to (W3C trace context): 32 hex digits. Page and server have it in common.',
      none: 'it belongs to none',
    },
    parent_span_id: {
      type: 'VARCHAR',
      doc: 'Span that it was asked by, as the header `traceparent` of the request says: 16 hex digits.',
      none: 'it is no request, or no trace came with it',
    },
    asked_thread_id: {
      type: 'INTEGER',
      doc: 'The thread that made the request which this task answers: `resources.thread_id`.',
      none: 'nobody recorded is known to have asked for it',
    },
    asked_resource_id: {
      type: 'BIGINT',
      doc: 'That request, the one whose `span_id` is `parent_span_id`: `resources.resource_id`.',
      none: 'nobody recorded is known to have asked for it',
    },
    result: {
      type: 'ENUM',
      values: ['passed', 'failed', 'skipped'],
      doc: 'Of a scenario and its steps: what came of it.',
      none: 'nobody judged it',
    },
  },
} as const satisfies Table;

export const calls = {
  doc: 'One row for each activation of a function. Short calls may be left out: see `runs.calls_rule`.',
  columns: {
    run_id,
    thread_id,
    call_id: {
      type: 'BIGINT',
      doc: 'Number of the call within its thread, from 0 in order of beginning; negative when its beginning was lost.',
    },
    parent_call_id: {
      type: 'BIGINT',
      doc: 'The call on top of the stack when this one began; same thread.',
      none: 'a root: nothing recorded called it',
    },
    task_id: { type: 'BIGINT', doc: 'The task: `tasks.task_id`, whose row may be left out.' },
    function_id: {
      type: 'INTEGER',
      doc: 'The function: `functions.function_id`; 0 when its site is unknown.',
    },
    start_us: {
      type: 'DOUBLE',
      unit: SINCE,
      doc: 'Its beginning; exact for async calls, interpolated otherwise.',
    },
    end_us: {
      type: 'DOUBLE',
      unit: SINCE,
      doc: 'Its end. It took `end_us - start_us - stalled_us`.',
      none: 'still open when the recording ends',
    },
    self_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Time on the stack minus recorded calls made from it, and minus stalls.',
    },
    wait_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Time suspended at `await` or `yield`; 0 for plain functions.',
    },
    outcome: {
      type: 'ENUM',
      values: ['returned', 'threw', 'open', 'unknown'],
      doc: '`unknown`: no end was recorded, it was gone when its caller ended.',
    },
    uncertainty_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Start and end may each be off by up to this much; 0 is exact.',
    },
    stalled_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Time that its thread did nothing but wait for the recorder, while it was on the stack.',
      none: 'loaded before it was looked at',
    },
  },
} as const satisfies Table;

export const links = {
  doc: 'Causality beside calls: which call scheduled a root call that Node made later. At most 1 000 000.',
  columns: {
    run_id,
    thread_id,
    from_call_id: {
      type: 'BIGINT',
      doc: 'The call that scheduled it: the first root of the turn in which that happened, or the async call that went on then; `calls.call_id`.',
    },
    to_call_id: { type: 'BIGINT', doc: 'The call that ran later, a root: `calls.call_id`.' },
    kind: {
      type: 'VARCHAR',
      doc:
        'What ran it: `timeout`, `interval`, `immediate`, `tick`, `message` (of a worker or port), `socket`, `http server`, `http client`, `fs`, ' +
        '`child`, `worker`, `dns`, `resource` (an AsyncResource, `queueMicrotask`), `signal`, `module`, `other`; of a page also `tick` (an animation frame, an observer), `immediate` (an idle callback, `postTask`), ' +
        '`http client` (an answer of `fetch` or XMLHttpRequest), `socket` (a WebSocket, an EventSource) · ' +
        '`microtask`: a promise callback, set off by the turn in which `from_call_id` ran.',
    },
  },
} as const satisfies Table;

export const pauses = {
  doc: 'When a thread could not turn to anything else: garbage collections, and calls that held the event loop for 50 ms or more.',
  columns: {
    run_id,
    thread_id,
    kind: {
      type: 'ENUM',
      values: ['gc', 'loop'],
      doc: '`gc`: V8 collected garbage (`run --gc`) · `loop`: from a root call to the empty stack; all in that time is its turn. Not told of a turn of a page that nobody announced, if its times are as unsure as it is long.',
    },
    start_us: { type: 'DOUBLE', unit: SINCE, doc: 'Its beginning.' },
    duration_us: { type: 'DOUBLE', unit: 'µs', doc: 'How long it took, without waits for the recorder.' },
    detail: {
      type: 'VARCHAR',
      doc: 'Of a collection: `minor`, `major`, `incremental`, `weak`.',
      none: 'not a collection',
    },
    call_id: {
      type: 'BIGINT',
      doc: 'The call on top of the stack when it began; of `loop`: the root call. `calls.call_id`.',
      none: 'no recorded call ran',
    },
    function_id: {
      type: 'INTEGER',
      doc: 'Function of that call: `functions.function_id`.',
      none: 'no recorded call ran',
    },
    task_id: { type: 'BIGINT', doc: 'Task of that call: `tasks.task_id`.', none: 'no recorded call ran' },
    uncertainty_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'How far the time of the call may be off, and with it which call it was.',
    },
    stalled_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'It ended after `duration_us` and this: time that the thread did nothing but wait for the recorder.',
      none: 'loaded before it was looked at',
    },
  },
} as const satisfies Table;

export const nodes_runtime = {
  doc: 'One row for each function (and module body) called in a run. Covers every call.',
  columns: {
    run_id,
    path: { type: 'VARCHAR', doc: 'File of the function: `modules.path`.' },
    ast_node_id: { type: 'VARCHAR', doc: 'The function: `functions.ast_node_id`.' },
    hits: { type: 'BIGINT', unit: 'calls', doc: 'Calls begun.' },
    roots: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Of these, calls that nothing recorded made.',
      none: 'a minimal run does not record it',
    },
    threw: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Of these, left by an exception.',
      none: 'a run of tier `minimal` or `edges` does not record it',
    },
    self_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Time on the stack minus recorded calls made from it, and minus waits for the recorder.',
      none: 'a run of tier `minimal` or `edges` takes no times',
    },
    total_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc:
        'Sum of durations, waiting included, but not for the recorder. Recursion is not counted twice: a call that began while another call of the ' +
        "same function was on its thread's stack is left out. Concurrent async calls each count.",
      none: 'a run of tier `minimal` or `edges` takes no times',
    },
    wait_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Time suspended at `await` or `yield`.',
      none: 'a run of tier `minimal` or `edges` takes no times',
    },
  },
} as const satisfies Table;

const QUANTILE =
  'Latency is the duration of the called function, waiting included (not for the recorder); within 3.2 % (logarithmic histogram).';

export const edges_runtime = {
  doc: 'One row for each pair of functions where the first called the second. Covers every call that has a caller.',
  columns: {
    run_id,
    src: { type: 'VARCHAR', doc: 'The caller: `functions.ast_node_id`.' },
    dst: { type: 'VARCHAR', doc: 'The called function: `functions.ast_node_id`.' },
    count: { type: 'BIGINT', unit: 'calls', doc: 'Calls begun.' },
    latency_p50_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: `Half of the ended calls took at most this long. ${QUANTILE}`,
      none: 'none of them ended, or a run of tier `edges`',
    },
    latency_p95_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: `95 % took at most this long. ${QUANTILE}`,
      none: 'none of them ended, or a run of tier `edges`',
    },
    latency_p99_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: `99 % took at most this long. ${QUANTILE}`,
      none: 'none of them ended, or a run of tier `edges`',
    },
    total_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Sum of durations of the ended calls; recursion counts each level.',
      none: 'a run of tier `edges` takes no times',
    },
  },
} as const satisfies Table;

export const errors = {
  doc:
    "One row for each error signature, message and place. An error object counts once, where it was first seen. A primitive (`throw 'no'`) that is caught is " +
    'one of those that were thrown in the thread and not caught yet; one that a catch clause throws again counts again.',
  columns: {
    run_id,
    path: { type: 'VARCHAR', doc: 'File of the place.', none: 'unknown, or outside of the recorded files' },
    message: { type: 'VARCHAR', doc: 'Message of the first one, cut at 300 characters.' },
    count: {
      type: 'BIGINT',
      unit: 'errors',
      doc: 'Errors with this name and message first seen at this place.',
    },
    stack: {
      type: 'VARCHAR',
      doc:
        'The first one: recorded calls on the stack, innermost first, one `name (file:line)` a line (the line of the place, ' +
        "then of the await or the beginning of each caller). For uncaught errors V8's own stack.",
    },
    name: { type: 'VARCHAR', doc: 'Name of the error, e.g. `TypeError`.' },
    kind: {
      type: 'ENUM',
      values: ['thrown', 'caught', 'uncaught'],
      doc: '`thrown`: seen at its `throw` · `caught`: first seen by a catch clause, the place that threw is unknown · `uncaught`: nobody caught it.',
    },
    ast_node_id: { type: 'VARCHAR', doc: 'The `throw` statement or catch clause.', none: 'unknown' },
    function: {
      type: 'VARCHAR',
      doc: 'The function around it: `functions.ast_node_id`. Of an uncaught error whose place is in no recorded file, the innermost recorded call that it left.',
      none: 'unknown',
    },
    line: { type: 'INTEGER', doc: 'Line of the place.', none: 'unknown' },
    column: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Column of the place.', none: 'unknown' },
    first_us: { type: 'DOUBLE', unit: SINCE, doc: 'When the first one was seen.', none: 'unknown' },
    thread_id: { type: 'INTEGER', doc: 'Thread of the first one.' },
    task_id: {
      type: 'BIGINT',
      doc: 'Task of the first one.',
      none: 'none was active, or it is not known which',
    },
    note: { type: 'VARCHAR', doc: 'What to know about the place.', none: 'nothing' },
    signature: {
      type: 'VARCHAR',
      doc:
        'Same error, same signature, in whatever run: 12 hex digits over its name, `template`, what caused it, the place, and the two functions ' +
        'around it on the stack. Lines, figures in messages and names of variables do not count.',
    },
    template: {
      type: 'VARCHAR',
      doc: "The message without what differs from time to time: `#` for numbers, ids and dates, `'…'` for quoted texts, `<path>`, `<url>`, `<address>`, `<json>`.",
    },
    causes: {
      type: 'VARCHAR',
      doc: 'What caused the first one (its `cause`, and so on, at most four), a JSON array of `{name, message}`.',
      none: 'it names no cause',
    },
  },
} as const satisfies Table;
