/** Tables about where the workspace's text, as it is now, reads feature flags. They belong to no run. */
import type { Table } from '../column.ts';

const path = { type: 'VARCHAR', doc: 'Its file: `source_files.path`.' } as const;

export const source_flag_reads = {
  doc:
    'One row for each place of `source_files` that reads what may be a feature flag: a variable of the environment that decides what runs, or is called like a flag; a property of an object ' +
    'that is called like one (`config.features.x`); the answer of a function that is asked for flags; a constant, or function, of another file, which may hold one.',
  columns: {
    id: { type: 'VARCHAR', doc: 'Its id, within this database.' },
    path,
    reader: {
      type: 'VARCHAR',
      doc: 'The function or module body around it: `source_functions.ast_node_id`; of a field of a class the class, `source_holders.id`.',
    },
    line: { type: 'INTEGER', doc: 'Line, from 1.' },
    source: {
      type: 'ENUM',
      values: ['environment', 'config', 'call', 'import'],
      doc: '`environment`: a variable · `config`: a property · `call`: an answer · `import`: what `imported` of `specifier` is.',
    },
    name: {
      type: 'VARCHAR',
      doc: 'Variable, first argument of the call, or the property as it is written, `config.features.x`.',
    },
    specifier: {
      type: 'VARCHAR',
      doc: 'Module that it comes from, as written.',
      none: 'it comes from none, or that does not matter',
    },
    imported: {
      type: 'VARCHAR',
      doc: 'What it is called there: `isNew`, `flags.isNew`, `isNew()`.',
      none: 'no `specifier`',
    },
    via: {
      type: 'VARCHAR',
      doc: 'Constant, property or function of the same file that holds the value, which is what is read here.',
      none: 'it is read itself',
    },
    use: {
      type: 'ENUM',
      values: ['test', 'keep', 'value', 'set'],
      doc: '`test`: it decides what runs · `keep`: `kept_as` holds it · `value`: anything else is done with it · `set`: it is written, not read.',
    },
    test: {
      type: 'ENUM',
      values: ['if', 'conditional', 'and', 'or', 'nullish', 'switch', 'loop'],
      doc: 'What decides: `if`, `?:`, `&&`, `||`, `??`, `switch`, or a loop.',
      none: 'another use',
    },
    kept_as: {
      type: 'VARCHAR',
      doc: 'What holds it: a constant, `flags.isNew` of one, or `isNew()` that gives it back.',
      none: 'another use',
    },
    holds_for: {
      type: 'VARCHAR',
      doc: 'Values that it is compared with, as a JSON array; `null` in it: it is not set.',
      none: 'it is taken for true or false',
    },
    negated: { type: 'BOOLEAN', doc: 'The test holds for all others.' },
    fallback: { type: 'VARCHAR', doc: 'What is taken where it is not set.', none: 'nothing is' },
    exact: { type: 'BOOLEAN', doc: 'These columns tell for each value whether the test holds.' },
    alone: { type: 'BOOLEAN', doc: 'The test asks for nothing else.' },
  },
} as const satisfies Table;

/** An element of `source_flag_sides.targets`. */
export interface FlagTarget {
  how: 'call' | 'refer' | 'load' | 'inside';
  dst: string | null;
  specifier: string | null;
  name: string | null;
  only: boolean;
}

export const source_flag_sides = {
  doc: 'One row for each side that a test of `source_flag_reads` can lead to.',
  columns: {
    read_id: { type: 'VARCHAR', doc: 'The read: `source_flag_reads.id`.' },
    path,
    nth: { type: 'INTEGER', doc: 'Its place among the sides of the read, from 0.' },
    taken: {
      type: 'ENUM',
      values: ['holds', 'fails', 'case', 'default'],
      doc: 'When: the test holds, or does not; a case of a `switch`, or none of them.',
    },
    cases: { type: 'VARCHAR', doc: 'Values of the cases, as a JSON array.', none: 'no `switch`' },
    line: { type: 'INTEGER', doc: 'Line where it begins.' },
    column: { type: 'INTEGER', unit: 'UTF-16 units', doc: 'Column on that line, from 0.' },
    end_line: { type: 'INTEGER', doc: 'Line where it ends.' },
    targets: {
      type: 'VARCHAR',
      doc:
        'Code that it leads to, as a JSON array of `{how, dst, specifier, name, only}`. `how`: `call`, `refer` (a function is named), `load` (a module is loaded), `inside` (a function is written there). ' +
        'Who: `dst`, or `name` of `specifier`, or anything called `name`. `only`: nothing else in the same function leads there.',
    },
  },
} as const satisfies Table;
