/** Tables about what the program fetched: requests that it made. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;
const thread_id = { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' } as const;
const method = { type: 'VARCHAR', doc: '`GET`, `POST`, …' } as const;
const route = {
  type: 'VARCHAR',
  doc: 'Host and path, with `*` for what differs from one thing to the next: numbers, ids, long texts with digits, what was redacted, ports from 32768 on.',
} as const;

export const resources = {
  doc:
    'One row for each request that the program made with `fetch` (or undici), `http.request` or `https.request`, and for what a page loaded; a redirect that is followed is one more (in browsers it is none). Of a thread the slowest ' +
    '10 000 have rows, and among these come those that failed or have not ended before all others: see `resources_let_go`. `resource_routes` counts all.',
  columns: {
    run_id,
    thread_id,
    resource_id: {
      type: 'BIGINT',
      doc: 'Number of the request within its thread, from 1 in the order in which they were made.',
    },
    url: {
      type: 'VARCHAR',
      doc: 'Of a query the names only, no user and no fragment; tokens (`‹jwt:7f3a91c2-64›`, docs/privacy.md) in place of parts of the path that look like a secret; at most 300 characters.',
    },
    route,
    method: {
      ...method,
      doc: '`GET`, `POST`, …; of a page and of what is shown in a frame always `GET`: browsers do not tell that a form was sent.',
    },
    type: {
      type: 'VARCHAR',
      doc:
        'What made it: `fetch`, `http`, `https`; on pages also `xhr`, `eventsource`, `websocket`, and what the browser loads by itself: `navigation` (the page), `script`, `link` (style sheets, and what is ' +
        'loaded ahead), `css` (what style sheets ask for), `img`, `iframe` and others, as the browser calls what asked for it.',
    },
    status: {
      type: 'INTEGER',
      doc: 'Status code of the answer.',
      none: 'no answer came, or the browser does not tell',
    },
    content_type: {
      type: 'VARCHAR',
      doc: 'Media type of the answer, without parameters.',
      none: 'the answer does not say, or there is none',
    },
    bytes: {
      type: 'BIGINT',
      unit: 'bytes',
      doc: 'Body of the answer as it came, compressed perhaps.',
      none: 'the answer does not say (counted where it came by `fetch`, Node 24 and later), or the browser does not: another origin, it had it already, or it measured several of one URL that began at the same time',
    },
    start_us: {
      type: 'DOUBLE',
      unit: 'µs since the run began',
      doc: 'When it was made; of node:http on Node 20: when it was sent, which is later where it waits for a connection.',
    },
    ttfb_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'From there until the headers of the answer had come.',
      none: 'no answer came; or another origin answered, which does not allow to tell it',
    },
    total_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Until the answer was whole, or the request had failed.',
      none: 'it has not ended, or its end is not known: of node:http at the tiers `minimal` and `edges` and with `--no-links`, and of upgrades; or the browser measured several of one URL that began at the same time, and it cannot be known which is whose',
    },
    ended: {
      type: 'BOOLEAN',
      doc: 'Whether anything of what came of it was told before the recording ended.',
    },
    failed: {
      type: 'BOOLEAN',
      doc: 'Whether no answer came, or only a part of one. A whole answer that says so (`status`) is none of these.',
    },
    error: {
      type: 'VARCHAR',
      doc: 'Why it failed: code or name of the error, `aborted`.',
      none: 'it did not fail',
    },
    call_id: {
      type: 'BIGINT',
      doc: 'The call that made it, on top of the stack then: `calls.call_id`.',
      none: 'no recorded call ran, Node made it later (redirects, node:http on Node 20), or the browser by itself',
    },
    task_id: { type: 'BIGINT', doc: 'The task that made it: `tasks.task_id`.', none: 'nobody knows' },
    trace_id: {
      type: 'VARCHAR',
      doc: 'Trace that went with it (W3C trace context): 32 hex digits.',
      none: 'none did',
    },
    span_id: {
      type: 'VARCHAR',
      doc: 'What it is called in that trace: 16 hex digits.',
      none: 'no trace went with it',
    },
  },
} as const satisfies Table;

export const resource_routes = {
  doc: 'Requests that the program made, by method and route; every one is counted. What a page loads by itself is in `resources` alone. At most 1000, beyond which the route is `(others)`.',
  columns: {
    run_id,
    method,
    route,
    count: { type: 'BIGINT', unit: 'requests', doc: 'How many were made.' },
    failures: {
      type: 'BIGINT',
      unit: 'requests',
      doc: 'How many failed, or were answered by a status of 500 or more.',
    },
    bytes: { type: 'BIGINT', unit: 'bytes', doc: 'Of all answers, as far as it is known.' },
    p50_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Half of those whose end is known took no longer; at most 3.2 % off.',
      none: 'no end is known',
    },
    p95_ms: { type: 'DOUBLE', unit: 'ms', doc: 'Likewise 95 of 100.', none: 'no end is known' },
    max_ms: { type: 'DOUBLE', unit: 'ms', doc: 'The longest.', none: 'no end is known' },
  },
} as const satisfies Table;

export const resources_let_go = {
  doc: 'How many requests have no row in `resources`, and why; no rows: none.',
  columns: {
    run_id,
    thread_id,
    reason: {
      type: 'ENUM',
      values: ['limit', 'late'],
      doc: '`limit`: they were among the fastest of more than 10 000 · `late`: the recorder was, and nothing is known of these (of a request there are two notes, each counts as one).',
    },
    count: { type: 'BIGINT', unit: 'requests', doc: 'How many.' },
  },
} as const satisfies Table;
