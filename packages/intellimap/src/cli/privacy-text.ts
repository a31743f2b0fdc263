/** What `intellimap privacy` says: for people, and as JSON (docs/schemas/privacy.schema.json). Pure. */
import { SECRET_RULES } from '@intellimap/probe/core';
import type { RecordedKind } from '../record/recorded-texts.ts';
import { counted, grouped, oneLine, size } from './format.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface Redacted {
  rule: string;
  where: string;
  count: number;
}
export interface Found extends Redacted {
  /** One of the texts, as it would be shown. */
  example: string;
}

export interface PrivacyAnswer {
  run: string;
  folder: string;
  database: { path: string; bytes: number };
  /** Tokens of this workspace can be compared. */
  key: boolean;
  /** Functions whose values were recorded, as they were asked for; null: no values are recorded. */
  values: string[] | null;
  valueBytes: number;
  /** Snapshots of the heap were kept, which hold every text of the program. */
  heaps: boolean;
  redacted: Redacted[];
  /** What threads told beside their calls, by kind. */
  notes: Record<string, number>;
  kinds: RecordedKind[];
  /** null: nobody looked. */
  found: Found[] | null;
}

/** Names of rules. */
export const RULE_NAMES: readonly string[] = [...SECRET_RULES, 'environment'];

export function privacyText(answer: PrivacyAnswer, { paint, columns }: Terminal): string {
  const { redacted, notes, kinds, values, database } = answer;
  const head = (...titles: string[]): string[] => titles.map(paint.dim);
  const told = Object.entries(notes).map(([kind, count]) => `${kind} ${grouped(count)}`);
  return [
    paint.bold(`run ${answer.run}`),
    '',
    redacted.length === 0
      ? 'nothing was redacted'
      : `redacted in the program, before it was written\n${table(
          redacted.map(({ rule, where, count }) => [rule, where, grouped(count)]),
          { head: head('rule', 'where', 'times'), right: [2] },
        )}`,
    '',
    `recorded, in ${answer.folder}`,
    table(
      kinds.map(({ path, kind, files, bytes }) => [
        path,
        size(bytes),
        counted(files, 'file'),
        oneLine(kind, Math.max(20, columns - 40)),
      ]),
      { right: [1, 2] },
    ),
    `  and in the database ${database.path} (${size(database.bytes)}, of all runs)`,
    '',
    told.length === 0 ? 'notes: none' : `notes: ${told.join(', ')}`,
    values === null
      ? 'values of arguments, results and variables: none are recorded (--values asks for them)'
      : `values: ${size(answer.valueBytes)}, of ${values.join(' ')}`,
    ...(answer.heaps
      ? [
          paint.yellow(
            'snapshots of the heap were kept: they hold every text of the program, secrets included',
          ),
        ]
      : []),
    answer.key
      ? 'the same secret has the same token: their key is .intellimap/privacy.key, which stays with the workspace'
      : 'tokens cannot be compared: .intellimap/privacy.key cannot be read',
    'sent to others: nothing; reports and exports go where you put them',
    ...foundLines(answer, paint, columns),
  ].join('\n');
}

function foundLines({ found }: PrivacyAnswer, paint: Terminal['paint'], columns: number): string[] {
  if (found === null) return [];
  if (found.length === 0) return ['', `scan: none of ${RULE_NAMES.length} rules sees anything in it`];
  const rows = found.map(({ rule, where, count, example }) => [
    rule,
    where,
    grouped(count),
    oneLine(example, Math.max(20, columns - 50)),
  ]);
  return [
    '',
    paint.red('scan: rules of today see secrets in it'),
    table(rows, { head: ['rule', 'where', 'times', 'such as'].map(paint.dim), right: [2] }),
    'intellimap clean removes runs; what was redacted here cannot be read, in the terminal neither',
  ];
}
