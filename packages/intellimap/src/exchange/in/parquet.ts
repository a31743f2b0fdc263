/** The manifest of a run that was exported as Parquet. What it names becomes files and a folder, so it names little. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { RUN_TABLES, SCHEMA_VERSION } from '../../schema/index.ts';
import {
  fieldOf,
  integerIn,
  listIn,
  objectIn,
  parseJson,
  refuse,
  textIn,
  type Where,
  within,
} from './narrow.ts';

export interface Manifest {
  run: { id: string; startedAt: number; command: string[] };
  tables: { table: string; file: string; sha256: string }[];
}

/** Ids of runs are names of folders. */
const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** @throws Fault: damaged, of another kind, or of a newer version */
export function parseManifest(text: string, name: string): Manifest {
  const top: Where = () => `${name}:`;
  const manifest = objectIn(parseJson(text, top), top);
  if (fieldOf(manifest, 'format') !== 'intellimap-parquet')
    throw refuse(within(top, 'format'), 'is not "intellimap-parquet"');
  const version = integerIn(fieldOf(manifest, 'version'), within(top, 'version'), 1, 1e6);
  const schema = integerIn(fieldOf(manifest, 'schema'), within(top, 'schema'), 1, 1e6);
  if (version > 1 || schema > SCHEMA_VERSION)
    throw new Fault(
      ExitCode.UNREADABLE,
      `${name} was written by a newer IntelliMap (tables ${schema}; this one knows ${SCHEMA_VERSION})`,
      'Update intellimap to read it.',
    );
  const runAt = within(top, 'run');
  const run = objectIn(fieldOf(manifest, 'run'), runAt);
  const id = textIn(fieldOf(run, 'id'), within(runAt, 'id'), 100);
  if (!RUN_ID.test(id)) throw refuse(within(runAt, 'id'), 'is no id of a run');
  const command = listIn(fieldOf(run, 'command'), within(runAt, 'command'), 100_000);
  const at = within(top, 'tables');
  return {
    run: {
      id,
      startedAt: integerIn(fieldOf(run, 'startedAt'), within(runAt, 'startedAt'), 0, 8.64e15),
      command: command.map((word, index) => textIn(word, within(within(runAt, 'command'), index), 1 << 20)),
    },
    tables: listIn(fieldOf(manifest, 'tables'), at, 1000).map((each, index) =>
      tableOf(each, within(at, index)),
    ),
  };
}

/** Files have the names of their tables, and no others are read. */
function tableOf(value: unknown, where: Where): Manifest['tables'][number] {
  const fields = objectIn(value, where);
  const table = textIn(fieldOf(fields, 'table'), within(where, 'table'), 100);
  if (!(RUN_TABLES as readonly string[]).includes(table)) throw refuse(within(where, 'table'), 'is no table');
  const file = textIn(fieldOf(fields, 'file'), within(where, 'file'), 200);
  if (file !== `${table}.parquet`) throw refuse(within(where, 'file'), `is not ${table}.parquet`);
  const sha256 = textIn(fieldOf(fields, 'sha256'), within(where, 'sha256'), 64);
  if (!/^[\da-f]{64}$/.test(sha256)) throw refuse(within(where, 'sha256'), 'is no SHA-256 as hex digits');
  return { table, file, sha256 };
}
