/** Tables about the program's text: what could run. */
import type { Table } from '../column.ts';

const run_id = { type: 'VARCHAR', doc: 'The run: `runs.id`.' } as const;

export const modules = {
  doc: 'One row for each file of a run that was in scope.',
  columns: {
    run_id,
    path: {
      type: 'VARCHAR',
      doc: 'File relative to the root, with forward slashes; absolute when outside of it.',
    },
    loaded: { type: 'BOOLEAN', doc: 'Whether it was loaded during the run.' },
    instrumented: { type: 'BOOLEAN', doc: 'Whether it carries probes; if not, see `skipped_files`.' },
    functions: {
      type: 'INTEGER',
      unit: 'functions',
      doc: 'Functions in it, the module body not counted.',
      none: 'not instrumented',
    },
    functions_hit: {
      type: 'INTEGER',
      unit: 'functions',
      doc: 'Of these, called at least once.',
      none: 'not instrumented',
    },
    lines: { type: 'INTEGER', unit: 'lines', doc: 'Lines of the file.', none: 'not instrumented' },
    content_hash: {
      type: 'VARCHAR',
      doc: 'First 16 hex digits of the SHA-256 of the text.',
      none: 'not instrumented',
    },
    ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Time spent on instrumenting it, all threads and processes together.',
      none: 'not instrumented',
    },
  },
} as const satisfies Table;

export const functions = {
  doc: 'One row for each function (and module body) of the instrumented files of a run.',
  columns: {
    run_id,
    function_id: {
      type: 'INTEGER',
      doc: 'Small number of the function within its run; `calls.function_id` refers to it.',
    },
    ast_node_id: {
      type: 'VARCHAR',
      doc: 'Stable id of the syntax node, e.g. `ts:src/cart.ts#class Cart/total`.',
    },
    name: { type: 'VARCHAR', doc: 'Name a person knows it by, e.g. `Cart.total`.' },
    path: { type: 'VARCHAR', doc: 'Its file: `modules.path`.' },
    kind: {
      type: 'VARCHAR',
      doc: '`module`, `function`, `arrow`, `method`, `getter`, `setter`, `constructor`, `static-block`.',
    },
    is_async: { type: 'BOOLEAN', doc: 'Declared `async`.' },
    is_generator: { type: 'BOOLEAN', doc: 'Declared with `*`.' },
    line: { type: 'INTEGER', doc: 'First line, from 1.' },
    column: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Column on the first line, from 0.' },
    end_line: { type: 'INTEGER', doc: 'Last line.' },
    end_column: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Column after the last character.' },
    hash: { type: 'VARCHAR', doc: 'Hash of the body, to see "same id, changed code".', none: 'not known' },
    off: { type: 'VARCHAR', doc: 'Why it carries no probe.', none: 'it carries one' },
    kept: {
      type: 'ENUM',
      values: ['calls', 'count', 'nothing'],
      doc: 'What is kept of its calls, for the sake of a budget: all, as the tier says; how many; nothing. (Gates may close besides: `gate_changes`.)',
    },
    planned_rate: {
      type: 'DOUBLE',
      unit: "calls in a second of the program's processor time",
      doc: 'How often an earlier run saw it called, for which not all is kept.',
      none: 'all is kept',
    },
  },
} as const satisfies Table;

export const imports = {
  doc: 'One row for each import, re-export, `require` or `import()` written in an instrumented file.',
  columns: {
    run_id,
    src: { type: 'VARCHAR', doc: 'The importing file: `modules.path`.' },
    line: { type: 'INTEGER', doc: 'Line of the import.' },
    specifier: { type: 'VARCHAR', doc: 'As written in the source.' },
    dst: {
      type: 'VARCHAR',
      doc: 'The file it resolved to, relative to the root; a builtin keeps its bare name (`node:fs`).',
      none: 'it was never resolved in this run',
    },
    kind: { type: 'VARCHAR', doc: '`import`, `export-from`, `import()` or `require`.' },
    names: {
      type: 'VARCHAR',
      doc: 'Imported names as a JSON array; `*` is the namespace; empty for side effects only.',
    },
    type_only: { type: 'BOOLEAN', doc: 'Erased before the program runs.' },
    reached: {
      type: 'BIGINT',
      unit: 'times',
      doc: 'How often the expression was reached (`import()` and `require` only).',
      none: 'a static import, or reaching it is not recorded',
    },
    calls: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Calls from functions of `src` to functions of `dst`.',
      none: '`dst` is not instrumented or not known',
    },
    used: {
      type: 'BOOLEAN',
      doc:
        'Whether the run made use of it. Static import: true when `src` called a function, or a method of a class, that it ' +
        'names; false when `src` ran and none of these functions ran at all. Dynamic import and `require`: whether it was reached.',
      none: 'unknown: erased, a side-effect import or re-export, the target is not instrumented or has no function by these names, or others called them and may have got them from here',
    },
  },
} as const satisfies Table;
