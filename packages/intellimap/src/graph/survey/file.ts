/** One program text → its rows. Pure. */
import type { StaticImport } from '../../base/recording.ts';
import type { RowOf } from '../../schema/index.ts';
import { type Goal, type Lang, linesOf, type Node, readFile, type ReadFile } from '../../transform/index.ts';
import { Facts } from './facts.ts';
import { packageNameOf } from '../package-name.ts';
import { declareIn } from './declare.ts';
import { flagRows } from './flags/rows.ts';
import { returned } from './returns.ts';
import { Scope } from './scopes.ts';
import { visit } from './visit.ts';

export interface FileRows {
  functions: RowOf<'source_functions'>[];
  holders: RowOf<'source_holders'>[];
  references: RowOf<'source_references'>[];
  /** Without `target`, which other files decide. */
  imports: RowOf<'source_imports'>[];
  exports: RowOf<'source_exports'>[];
  flagReads: RowOf<'source_flag_reads'>[];
  flagSides: RowOf<'source_flag_sides'>[];
  lines: number;
  /** It holds types, and nothing that runs. */
  typesOnly: boolean;
}

/**
 * @param path relative to the workspace, with forward slashes: ids begin with it
 * @throws SyntaxError
 */
export const surveyFile = (
  text: string,
  path: string,
  { lang, goal }: { lang: Lang; goal: Goal },
): FileRows => surveyRead(readFile(text, { path, lang, goal }), text, lang);

/** The same of a file that was read. */
export function surveyRead(file: ReadFile, text: string, lang: Lang): FileRows {
  const facts = new Facts(file, linesOf(text), visit);
  const scope = new Scope(null, true);
  declareIn(file.program['body'], scope, facts);
  facts.visitAll(file.program['body'], { owner: facts.module, hold: facts.module, scope });
  for (const [value, place] of facts.arrows) returned(value, place, facts);
  for (const ask of [...facts.first, ...facts.later]) ask();
  for (const holder of facts.holders) {
    const member = facts.memberOf(holder.id);
    holder.member_of = member?.of ?? null;
    holder.member_name = member?.name ?? null;
  }
  const isTyped = lang === 'ts' || lang === 'tsx';
  return {
    functions: functionRows(file, facts),
    holders: facts.holders,
    references: facts.references(),
    imports: file.table.imports.map((item) => importRow(item, facts, isTyped ? text : undefined)),
    exports: facts.exports,
    ...flagRows(facts),
    lines: file.table.lines,
    typesOnly: isTyped && file.program['body'].length > 0 && (file.program['body'] as Node[]).every(isType),
  };
}

const TYPES = /^TS(?:Interface|TypeAlias)Declaration$|^TSDeclareFunction$/;

function isType(statement: Node): boolean {
  if (statement.type === 'ImportDeclaration') return true;
  const declaration: Node | null | undefined = statement['declaration'];
  if (statement.type === 'ExportNamedDeclaration' && declaration) return isType(declaration);
  return TYPES.test(statement.type) || statement['declare'] === true;
}

function functionRows({ table }: ReadFile, facts: Facts): RowOf<'source_functions'>[] {
  return table.sites
    .filter(({ hash, kind }) => hash !== undefined || kind === 'module')
    .map(({ id, name, kind, parent, line, endLine, hash, off }) => ({
      ast_node_id: id,
      path: table.path,
      name,
      kind,
      parent: parent < 0 ? null : (table.sites[parent]?.id ?? null),
      line,
      end_line: endLine,
      hash: hash ?? null,
      off: off ?? null,
      member_of: facts.memberOf(id)?.of ?? null,
      member_name: facts.memberOf(id)?.name ?? null,
    }));
}

/** @param typed the text, where names may be used as types, which the tree does not have */
function importRow(item: StaticImport, facts: Facts, typed: string | undefined): RowOf<'source_imports'> {
  const locals = item.typeOnly ? [] : (facts.importLocalsByLine.get(item.line) ?? []);
  const own = locals.filter(({ imported }) => imported?.specifier === item.specifier);
  const unreferenced = own
    .filter(({ referenced }) => !referenced)
    .map(({ name }) => name)
    .filter((name) => typed === undefined || occurrences(typed.replaceAll(item.specifier, ''), name) < 2);
  return {
    path: facts.path,
    line: item.line,
    specifier: item.specifier,
    kind: item.kind,
    names: JSON.stringify(
      item.kind === 'import' || own.length === 0 ? item.names : own.map(({ imported }) => imported!.name),
    ),
    type_only: item.typeOnly,
    unreferenced: JSON.stringify(unreferenced),
    target: null,
    package_name: packageNameOf(item.specifier) ?? null,
  };
}

const occurrences = (text: string, name: string): number =>
  text.split(new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`, 'u')).length -
  1;
