/** Tables about the workspace's text as it is now, whether it ran or not. They belong to no run. */
import type { Table } from '../column.ts';

const path = { type: 'VARCHAR', doc: 'Its file: `source_files.path`.' } as const;

export const source_files = {
  doc: 'One row for each program text of the workspace as it lies on disk, those that were never loaded included; not those that git ignores, nor what a compiler made of another one, by its source map. Belongs to no run.',
  columns: {
    path: { type: 'VARCHAR', doc: 'File relative to the workspace, with forward slashes.' },
    package: { type: 'VARCHAR', doc: 'Folder of the package it belongs to: `source_packages.folder`.' },
    role: {
      type: 'ENUM',
      values: ['source', 'test', 'config', 'declaration'],
      doc: 'What it is by its name: `test` and what lies in folders of tests · `config` of a tool · `declaration` of types only · all others.',
    },
    entry: {
      type: 'VARCHAR',
      doc: 'Why something outside of the program texts may start it: `main of package.json`, `script "dev"`, `test`.',
      none: 'nothing names it',
    },
    content_hash: { type: 'VARCHAR', doc: 'First 16 hex digits of the SHA-256 of the text.' },
    bytes: { type: 'BIGINT', unit: 'bytes', doc: 'Size of the file.' },
    modified_at: { type: 'TIMESTAMP_MS', doc: 'When it was last written, UTC.' },
    lines: { type: 'INTEGER', unit: 'lines', doc: 'Lines of the file.' },
    problem: { type: 'VARCHAR', doc: 'Why it could not be read.', none: 'it was read' },
    surveyed_by: { type: 'INTEGER', doc: 'Version of what read it: another one reads it again.' },
  },
} as const satisfies Table;

export const source_functions = {
  doc: 'One row for each function, and module body, of `source_files`, with the ids that recordings have.',
  columns: {
    ast_node_id: { type: 'VARCHAR', doc: 'Stable id of the syntax node: `functions.ast_node_id`.' },
    path,
    name: { type: 'VARCHAR', doc: 'Name a person knows it by.' },
    kind: { type: 'VARCHAR', doc: 'As `functions.kind`.' },
    parent: {
      type: 'VARCHAR',
      doc: 'The function (or module body) around it: `ast_node_id`.',
      none: 'the module body',
    },
    line: { type: 'INTEGER', doc: 'First line, from 1.' },
    end_line: { type: 'INTEGER', doc: 'Last line.' },
    hash: { type: 'VARCHAR', doc: 'Hash of the body, as `functions.hash`.', none: 'not known' },
    off: { type: 'VARCHAR', doc: 'Why it carries no probe when recorded.', none: 'it carries one' },
    member_of: {
      type: 'VARCHAR',
      doc: 'Class or object that it is a member of: `source_holders.id`, or a function it hangs on.',
      none: 'it is none',
    },
    member_name: {
      type: 'VARCHAR',
      doc: 'Its name as a member.',
      none: 'it is none, its name is computed, or it is a setter, which assignments call',
    },
  },
} as const satisfies Table;

export const source_holders = {
  doc: 'One row for each class, object and variable of `source_files` through which functions can be reached.',
  columns: {
    id: { type: 'VARCHAR', doc: 'Its id, within this database.' },
    path,
    name: { type: 'VARCHAR', doc: 'Its name; empty when it has none.' },
    kind: { type: 'ENUM', values: ['class', 'object', 'variable'], doc: 'What it is.' },
    line: { type: 'INTEGER', doc: 'Line where it begins.' },
    member_of: { type: 'VARCHAR', doc: 'As `source_functions.member_of`.', none: 'it is none' },
    member_name: {
      type: 'VARCHAR',
      doc: 'As `source_functions.member_name`.',
      none: 'it is none, or its name is computed',
    },
    is_open: {
      type: 'BOOLEAN',
      doc: 'Its members may be called by code that does not name them here: it extends a class of a package, or is decorated.',
    },
  },
} as const satisfies Table;

export const source_references = {
  doc: 'What a piece of code refers to. One row for each pair, not for each place.',
  columns: {
    path,
    src: {
      type: 'VARCHAR',
      doc: 'Who refers: `source_functions.ast_node_id` or `source_holders.id`; `*`: the file of data `path`, which is no program text.',
    },
    kind: {
      type: 'ENUM',
      values: [
        'use',
        'import',
        'mention',
        'string',
        'open',
        'open import',
        'computed',
        'load',
        'names file',
        'return',
      ],
      doc:
        '`use`: of `dst` in the same file · `import`: of `name` (`*`: all of it) of the module `specifier` · `mention`: of a property `name` · ' +
        '`string`: a text that could be a name · `open`: members of `dst` may be called by computed names, or by a package · `open import`: the same of ' +
        'what `name` of `specifier` is · `computed`: calls a member of something unknown by a computed name · `load`: loads the module `specifier` · ' +
        '`names file`: a text, `name`, that could be a path; `*` in it stands for anything; `*` alone: loads what is only known when it runs · `return`: gives back `dst`, or what `name` of `specifier` is, or one made of it.',
    },
    dst: { type: 'VARCHAR', doc: 'Function or holder referred to.', none: 'another kind' },
    specifier: { type: 'VARCHAR', doc: 'Module, as written.', none: 'another kind' },
    name: { type: 'VARCHAR', doc: 'See `kind`.', none: 'another kind' },
    via: {
      type: 'VARCHAR',
      doc: 'Of what is open: the module, as written, that gets hold of it, which counts when that is no file of the workspace. Of a mention: the module that the property is one of, which counts when it is one.',
      none: 'another kind, or open for another reason',
    },
  },
} as const satisfies Table;

export const source_imports = {
  doc: 'One row for each import, re-export, `require` or `import()` of a literal written in `source_files`; compare `imports`, which has those of a run.',
  columns: {
    path,
    line: { type: 'INTEGER', doc: 'Line of the import.' },
    specifier: { type: 'VARCHAR', doc: 'As written in the source.' },
    kind: { type: 'VARCHAR', doc: 'As `imports.kind`.' },
    names: {
      type: 'VARCHAR',
      doc: 'As `imports.names`; of `require` and `import()` those that are taken out of it at once.',
    },
    type_only: { type: 'BOOLEAN', doc: 'Erased before the program runs.' },
    unreferenced: {
      type: 'VARCHAR',
      doc: 'Local names that nothing in the file refers to, as a JSON array.',
    },
    target: {
      type: 'VARCHAR',
      doc: 'File of the workspace that it leads to: `source_files.path`.',
      none: 'a package, a builtin, or not found',
    },
    package_name: {
      type: 'VARCHAR',
      doc: 'Package that it names; of the workspace, too.',
      none: 'a file, a builtin or an alias',
    },
  },
} as const satisfies Table;

export const source_exports = {
  doc: 'One row for each name that a file of `source_files` exports.',
  columns: {
    path,
    line: { type: 'INTEGER', doc: 'Line of the export.' },
    name: { type: 'VARCHAR', doc: 'Exported name; `*` for all of another module.' },
    dst: {
      type: 'VARCHAR',
      doc: 'Function or holder that it names.',
      none: 'a plain value, or from another module',
    },
    specifier: {
      type: 'VARCHAR',
      doc: 'Module that it comes from, as written.',
      none: 'it is made here',
    },
    imported: { type: 'VARCHAR', doc: 'Its name there; `*` for all.', none: 'it is made here' },
  },
} as const satisfies Table;

export const source_packages = {
  doc: 'One row for each package.json of the workspace.',
  columns: {
    folder: { type: 'VARCHAR', doc: 'Folder relative to the workspace; empty for the workspace itself.' },
    name: { type: 'VARCHAR', doc: 'Its name.', none: 'it has none' },
    private: { type: 'BOOLEAN', doc: 'It is not published.' },
    problem: { type: 'VARCHAR', doc: 'Why package.json could not be read.', none: 'it was read' },
  },
} as const satisfies Table;

export const dependencies = {
  doc: 'One row for each dependency that a package.json of the workspace lists.',
  columns: {
    package: { type: 'VARCHAR', doc: 'Who lists it: `source_packages.folder`.' },
    name: { type: 'VARCHAR', doc: 'Name of the dependency.' },
    section: {
      type: 'ENUM',
      values: ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'],
      doc: 'Where it is listed.',
    },
    range: { type: 'VARCHAR', doc: 'Version asked for.' },
    line: { type: 'INTEGER', doc: 'Line in package.json.' },
    used_by: {
      type: 'VARCHAR',
      doc: 'What uses it beside imports: `script "build"`, `vite.config.ts`, `types of react`, `peer of eslint-plugin-x`; `recordings`: the recorder itself.',
      none: 'nothing that was looked at',
    },
  },
} as const satisfies Table;
