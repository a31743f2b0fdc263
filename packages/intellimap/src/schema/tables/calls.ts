/** Tables about what could call what, as the workspace's text says. They belong to no run. */
import type { Table } from '../column.ts';

const path = { type: 'VARCHAR', doc: 'File of the place: `source_files.path`.' } as const;
const line = { type: 'INTEGER', doc: 'Line of the place, from 1.' } as const;
const column = { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Its column, from 0.' } as const;

export const call_edges = {
  doc:
    'The call graph of the text as it is now, whether it ran or not: one row for each function that may be called at some place. Approximate: see `confidence`. Made when somebody asks for it. What runs ' +
    'saw of it says the view `call_evidence`.',
  columns: {
    src: { type: 'VARCHAR', doc: 'The function that calls: `source_functions.ast_node_id`.' },
    dst: { type: 'VARCHAR', doc: 'The function that is called: `source_functions.ast_node_id`.' },
    path,
    line,
    column,
    kind: {
      type: 'VARCHAR',
      doc:
        'Why: `direct` (a name of the file) · `import` · `this method` · `class` (`new`) · `super` · `callback of <what it is handed to>` · `call/apply/bind` · `returned function` · ' +
        '`points to` (a value that was followed through variables, objects, parameters) · `accessor` (a getter or setter) · `conversion` (`String(a)`, `JSON.stringify(a)`) · `event name` (`emit` and `on` of one name) · `jsx` · ' +
        '`require` (the body of a module) · `parameter default` (called in one, before a recording sees the call of `src`: a run has it as called by who calls `src`) · `field name` (a method of something unknown, called as only few functions are).',
    },
    confidence: {
      type: 'ENUM',
      values: ['certain', 'likely', 'maybe'],
      doc: '`certain`: nothing else can be meant by these names · `likely`: followed through values, to at most four functions · `maybe`: more of them, found by a name alone, or handed to code that is not known.',
    },
    later: {
      type: 'BOOLEAN',
      doc: 'It is handed over here, and called in another turn, or by code that is not looked at; or it is called so in the default of a parameter: a run may see it called by nobody, or by somebody else.',
    },
    text: {
      type: 'VARCHAR',
      doc: 'Words of what is called there: with the place, the row of `call_sites`; of bodies of modules `require` or `import()`.',
    },
  },
} as const satisfies Table;

export const call_sites = {
  doc: 'One row for each place of `source_files` where something is called, with how many functions of the workspace that may be.',
  columns: {
    src: { type: 'VARCHAR', doc: 'The function it lies in: `source_functions.ast_node_id`.' },
    path,
    line,
    column,
    form: {
      type: 'ENUM',
      values: ['call', 'method', 'computed', 'new', 'super', 'tag', 'jsx', 'decorator'],
      doc: 'How it is written: `f()` · `a.f()` · `a[f]()` · `new F()` · `super()` · a tagged template · an element · a decorator.',
    },
    via: {
      type: 'ENUM',
      values: ['direct', 'import', 'this', 'super', 'result', 'parameter', 'value'],
      doc: 'Where the called value, or whose method it is, comes from: a name of the file · an import · `this` · `super` · what a call gave back · a parameter · any other value.',
    },
    text: { type: 'VARCHAR', doc: 'Words of what is called: `app.use`.' },
    targets: {
      type: 'INTEGER',
      unit: 'functions',
      doc: 'Functions of `call_edges` at this place, those that are handed over included.',
    },
    outside: {
      type: 'BOOLEAN',
      doc: 'What is called comes from the host or from a package that is not looked at.',
    },
    too_many: {
      type: 'INTEGER',
      unit: 'functions',
      doc: 'Functions that are called so, where these are too many to say anything, and none of them has a row.',
      none: 'this was not the reason',
    },
    module: {
      type: 'VARCHAR',
      doc: 'Package or builtin that what is called comes from, or that made the object whose method it is: `node:fs`, `express`, `lodash/fp`.',
      none: 'it comes from the workspace, from the host by itself, or nobody knows',
    },
    loop: {
      type: 'VARCHAR',
      doc: 'Why one call of `src` may make it again and again: `for`, `for … of`, `for … in`, `for await … of`, `while`, `do`; or `src` is a `callback of map`, and runs again and again itself.',
      none: 'it is made once, or not at all',
    },
    awaited: { type: 'BOOLEAN', doc: 'What it gives back is awaited there.' },
  },
} as const satisfies Table;

export const call_facts = {
  doc: 'What each file by itself says of calls, from which `call_edges` are made: a file that stays as it was is not read again. Not for queries.',
  columns: {
    path: { type: 'VARCHAR', doc: 'The file: `source_files.path`.' },
    facts: { type: 'VARCHAR', doc: 'JSON; what it is made of may change with any version.' },
  },
} as const satisfies Table;
