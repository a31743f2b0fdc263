/** Tables about what browsers tell of their pages beside calls: how soon they were there, and what held them up. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;
const thread_id = { type: 'INTEGER', doc: 'The page: `threads.thread_id`.' } as const;
const SINCE = 'µs since the run began';

export const vitals = {
  doc:
    'How soon a page was there and how it answered: one row for each measure of each visit, the last one that the page told. A visit ends when the page is put aside; one that comes back ' +
    'from there begins anew. What a browser does not tell has no row: CLS is only known by Chromium, and of a page that was hidden from the start nothing is.',
  columns: {
    run_id,
    thread_id,
    visit: {
      type: 'INTEGER',
      doc: 'Number of the visit: 1 is the load, later ones come back from what the browser kept (`bfcache`).',
    },
    name: {
      type: 'ENUM',
      values: ['TTFB', 'FCP', 'LCP', 'CLS', 'INP'],
      doc:
        '`TTFB`: until the first byte of the answer · `FCP`: until anything was painted · `LCP`: until the largest text or picture was · `CLS`: how far things moved ' +
        'that nobody had touched, in the worst window · `INP`: from an input to the picture that answers it, the slowest (of more than 50 inputs one of 50 is passed over).',
    },
    value: { type: 'DOUBLE', unit: '`unit`', doc: 'The measure.' },
    unit: {
      type: 'ENUM',
      values: ['ms', 'score'],
      doc: 'Unit of `value`; a score is a share of the window times a share of it.',
    },
    rating: {
      type: 'ENUM',
      values: ['good', 'needs improvement', 'poor'],
      doc: 'By the published limits (web.dev/articles/vitals): TTFB 800 and 1800 ms, FCP 1800 and 3000 ms, LCP 2500 and 4000 ms, CLS 0.1 and 0.25, INP 200 and 500 ms.',
    },
    at_us: {
      type: 'DOUBLE',
      unit: SINCE,
      doc: 'When it was so: the first byte, the paint, the beginning of the input, the farthest move of the worst window.',
      none: 'nothing moved: CLS 0',
    },
    element: {
      type: 'VARCHAR',
      doc: 'Where: a short selector of what was painted, moved, or given the input.',
      none: 'the measure has none, or it is not there any more',
    },
    url: {
      type: 'VARCHAR',
      doc: 'The picture of LCP, written as `resources.url` is.',
      none: 'no picture from elsewhere',
    },
    detail: {
      type: 'VARCHAR',
      doc:
        'What it is made of, in ms, as a JSON object. Of LCP `{ttfb, delay, load, render}`, of INP `{event, delay, processing, presentation}`, ' +
        'of CLS `{moved}`, that farthest move alone.',
      none: 'not known',
    },
  },
} as const satisfies Table;

export const long_tasks = {
  doc:
    'When a browser did nothing else on a thread for 50 ms or more, as it says itself: code that is not recorded, styles and layout included. `pauses` has what recorded calls held. The ' +
    'longest 2000 of a thread.',
  columns: {
    run_id,
    thread_id,
    kind: {
      type: 'ENUM',
      values: ['task', 'frame'],
      doc: '`task`: a long task · `frame`: a long animation frame, all from the first task for a picture to the picture (Chromium).',
    },
    start_us: { type: 'DOUBLE', unit: SINCE, doc: 'Its beginning.' },
    duration_us: { type: 'DOUBLE', unit: 'µs', doc: 'How long it took; told in whole ms by some browsers.' },
    blocking_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Of a frame: what its tasks took beyond 50 ms each.',
      none: 'not told of a task',
    },
    render_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Of a frame: what callbacks of the picture, styles and layout took at its end.',
      none: 'not told of a task, or nothing was painted',
    },
    script: {
      type: 'VARCHAR',
      doc: 'File of what ran longest in it: `modules.path` where it is one, else a URL.',
      none: 'not told',
    },
    line: { type: 'INTEGER', doc: 'Line in the file.', none: 'not told' },
    function: {
      type: 'VARCHAR',
      doc: 'The function there: `functions.ast_node_id`.',
      none: 'not known',
    },
    invoker: {
      type: 'VARCHAR',
      doc: 'What called it, in words of the browser: `BUTTON#add.onclick`, `TimerHandler:setTimeout`; of a task where it ran: `self`, `same-origin-descendant`.',
      none: 'not told',
    },
  },
} as const satisfies Table;

export const console_messages = {
  doc:
    'What pages said to the console with `console.error`, and what their browsers could not load. Of a thread at most 1000 rows; of what it said beyond there is one row more, without a message, whose `count` ' +
    'says how often. Tokens stand in place of what looks like a secret.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' },
    at_us: { type: 'DOUBLE', unit: SINCE, doc: 'When the first one was.' },
    source: {
      type: 'ENUM',
      values: ['console', 'load'],
      doc: '`console`: the program said it · `load`: the browser could not load a script, a style sheet, a picture.',
    },
    message: {
      type: 'VARCHAR',
      doc: 'What it says, cut at 500 characters: `%s` and the like are filled in, objects stand as the names of their classes, errors as name and message; of a load its kind and URL.',
    },
    count: { type: 'BIGINT', unit: 'times', doc: 'How often the same was said in a row.' },
    function: {
      type: 'VARCHAR',
      doc: 'Function of the call that said it: `functions.ast_node_id`.',
      none: 'no recorded call ran',
    },
    call_id: {
      type: 'BIGINT',
      doc: 'The call that said the first one, on top of the stack then: `calls.call_id`.',
      none: 'no recorded call ran',
    },
    task_id: { type: 'BIGINT', doc: 'Its task: `tasks.task_id`.', none: 'nobody knows' },
  },
} as const satisfies Table;

export const pictures = {
  doc: 'Pictures of pages that a scenario took.',
  columns: {
    run_id,
    thread_id: { type: 'INTEGER', doc: 'Thread of the scenario: `threads.thread_id`.' },
    task_id: {
      type: 'BIGINT',
      doc: 'The step at whose end it was taken, of the same thread: `tasks.task_id`.',
      none: 'it was taken between steps',
    },
    at_us: { type: 'DOUBLE', unit: SINCE, doc: 'When it was taken.' },
    unsure_us: { type: 'DOUBLE', unit: 'µs', doc: 'By how much that may be wrong.' },
    name: { type: 'VARCHAR', doc: 'What it shows: `after add to cart`.' },
    url: { type: 'VARCHAR', doc: 'The page then, written as `threads.url` is.', none: 'not told' },
    path: { type: 'VARCHAR', doc: 'The file, relative to the folder of the run: `pictures/000001.png`.' },
  },
} as const satisfies Table;
