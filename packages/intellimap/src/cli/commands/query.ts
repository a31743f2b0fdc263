/** `intellimap query`: SQL over the recordings. */
import { readFileSync } from 'node:fs';
import { explainFileError, ExitCode, Fault } from '../../base/fault.ts';
import { loadConfig } from '../../config/index.ts';
import { explained, type Session, tellSql } from '../../query/index.ts';
import { workspaceRedaction } from '../../record/redaction.ts';
import { findRoot } from '../../record/workspace.ts';
import { eventViews, SOURCE_TABLES } from '../../schema/index.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { explainedText } from '../explained-text.ts';
import { grouped, time } from '../format.ts';
import { remember } from '../history.ts';
import { interruptible } from '../interrupt.ts';
import { type FormatName, FORMATS } from '../rows/index.ts';
import { againOf, printHistory } from '../query-history.ts';
import { extensionsOf, withRun } from '../session.ts';
import { explain } from '../tables.ts';

/** What is said about the text has to be read first. */
const ABOUT_SOURCE = new RegExp([...SOURCE_TABLES, 'module_facts'].join('|'), 'i');
const ABOUT_CALLS = /\b(?:call_edges|call_sites|call_evidence|blind_spots|known_calls|function_facts)\b/i;

export const query: Command = {
  name: 'query',
  usage: '"<sql>" | - | --file <f> | --again <n> | --history | --tables [<table>]',
  summary: 'Answers one SELECT (DuckDB SQL) over the latest run.',
  details: [
    'Plain names of tables and views mean the chosen run; all_runs.<name> means every run.',
    '',
    '  intellimap query --tables           lists tables and views',
    '  intellimap query --tables calls     explains the columns of one',
    '  intellimap query "select name, hits, self_ms from hot_functions order by hits desc"',
    '  intellimap query --format csv - < question.sql > answer.csv',
  ].join('\n'),
  options: {
    run: { type: 'string' },
    limit: { type: 'string' },
    timeout: { type: 'string' },
    format: { type: 'string' },
    json: { type: 'boolean' },
    raw: { type: 'boolean' },
    file: { type: 'string' },
    history: { type: 'boolean' },
    again: { type: 'string' },
    tables: { type: 'boolean' },
    explain: { type: 'boolean' },
  },
  help: [
    { usage: '-', text: 'the SQL is read from standard input' },
    { usage: '--file <file>', text: 'the SQL is read from a file' },
    { usage: '--run <id>', text: 'the run that plain names mean (default: the latest)' },
    { usage: '--format <format>', text: 'table (default), vertical, json, ndjson, csv' },
    { usage: '--json', text: 'the same as --format json: an array of objects' },
    { usage: '--raw', text: "csv: no ' in front of texts that a spreadsheet would run as formulas" },
    { usage: '--limit <n>', text: 'rows at most (default 1000)' },
    { usage: '--timeout <s>', text: 'stops it after so long (default 30; 0: never)' },
    { usage: '--history', text: 'lists the queries that were asked here' },
    { usage: '--again <n>', text: 'asks one of them again, by its number' },
    {
      usage: '--explain',
      text: 'what is done to answer it instead: tables, what they rest on, steps with times',
    },
    { usage: '--tables', text: 'explains tables and views instead' },
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals, out, cwd } = call;
    atMost(1, positionals);
    const asJson = Boolean(values['json']);
    if (values['tables']) explain(positionals[0], asJson, out, await addedViews(call));
    else if (values['history']) printHistory(findRoot(cwd), asJson, out);
    else if (values['explain']) await explainSql(call, sqlOf(call));
    else await ask(call, sqlOf(call));
    return ExitCode.OK;
  },
};

/** Views of kinds of events that the workspace declares. */
async function addedViews({ cwd, out }: Call): Promise<ReturnType<typeof eventViews>> {
  const root = findRoot(cwd);
  return eventViews((await extensionsOf(root, await loadConfig(root), out)).events);
}

async function ask({ values, out, cwd }: Call, text: string): Promise<void> {
  const root = findRoot(cwd);
  const { settings } = await loadConfig(root);
  const format = FORMATS[formatOf(values, settings.query.format)];
  const seconds = secondsOf(values['timeout']);
  const limit = wholeNumber('--limit', values['limit']);
  const limits = {
    ...(limit === undefined ? {} : { limit }),
    ...(seconds === undefined ? {} : { timeoutMs: seconds * 1000 }),
  };
  let printed = false;
  const source = sourceFor(text);
  await withRun({ cwd, out, source, needsNoRun: source !== false }, values['run'], async (session) => {
    if (printed)
      throw new Fault(
        ExitCode.UNREADABLE,
        'the database turned out to be damaged while rows were printed; it is rebuilt',
        'Ask again.',
      );
    const columns = out.looks ? out.columns : null;
    const writer = format({ paint: out.paint, columns, raw: Boolean(values['raw']), print: out.print });
    const { rows, more } = await remembered(session, root, text, (counted) =>
      interruptible((signal) =>
        tellSql(
          session,
          text,
          { ...limits, signal, onProgress: (ms, percent) => out.progress(progressOf(ms, percent)) },
          {
            head: (names, types) => writer.head(names, types),
            rows: (part) => {
              counted(part.length);
              printed = true;
              writer.rows(part);
            },
          },
        ),
      ),
    );
    writer.end();
    if (more)
      out.say(`intellimap: there are more rows than these ${grouped(rows)}; --limit sets how many are shown`);
  });
}

const sourceFor = (text: string): boolean | 'calls' =>
  ABOUT_CALLS.test(text) ? 'calls' : ABOUT_SOURCE.test(text);

/** Asks for the steps; the rows are thrown away. */
async function explainSql({ values, out, cwd }: Call, text: string): Promise<void> {
  const seconds = secondsOf(values['timeout']);
  const source = sourceFor(text);
  await withRun({ cwd, out, source, needsNoRun: source !== false }, values['run'], async (session) => {
    const answer = await interruptible((signal) =>
      explained(session, text, {}, { signal, ...(seconds === undefined ? {} : { timeoutMs: seconds * 1000 }) }),
    );
    out.print(values['json'] ? JSON.stringify(answer, null, 2) : explainedText(answer, out));
  });
} // prettier-ignore

/** Asks, and writes down that it was asked, and what came of it. */
async function remembered(
  { settings }: Session,
  root: string,
  sql: string,
  work: (counted: (rows: number) => void) => Promise<boolean>,
): Promise<{ rows: number; more: boolean }> {
  const start = performance.now();
  let rows = 0;
  // As the tables have it: what is asked again finds the same.
  const shown = workspaceRedaction(root, settings.record.redact).shown(sql, 'query', sql.length);
  const note = (count: number | null): void =>
    remember(
      root,
      { at: new Date().toISOString(), sql: shown, rows: count, ms: Math.round(performance.now() - start) },
      settings.query.history,
    );
  try {
    const more = await work((count) => void (rows += count));
    note(rows);
    return { rows, more };
  } catch (error) {
    note(null);
    throw error;
  }
}

const progressOf = (ms: number, percent: number | null): string =>
  `asking … ${time(ms)}${percent === null ? '' : `, ${Math.round(percent)} %`}  (Ctrl-C stops it)`;

/** Where the SQL is. @throws Fault when it is nowhere, or in two places. */
function sqlOf({ values, positionals: [text], cwd }: Call): string {
  const given = [text, values['file'], values['again']].filter((each) => each !== undefined);
  if (given.length > 1)
    throw new Fault(ExitCode.USAGE, 'one question at a time: give SQL, --file or --again, not two of them');
  if (values['again'] !== undefined) return againOf(findRoot(cwd), String(values['again']));
  if (values['file'] !== undefined) return readText(String(values['file']));
  if (text === '-') return readText(0);
  if (text !== undefined) return text;
  throw new Fault(
    ExitCode.USAGE,
    'there is no SQL to run',
    'for example: intellimap query "select * from runs"',
  );
}

/** @param file a path, or 0 for standard input */
function readText(file: string | 0): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const name = file === 0 ? 'standard input' : file;
    throw new Fault(
      ExitCode.USAGE,
      `cannot read the SQL: ${explainFileError(error as NodeJS.ErrnoException, name)}`,
    );
  }
}

function formatOf(values: Call['values'], preset: FormatName): FormatName {
  if (values['format'] === undefined) return values['json'] ? 'json' : preset;
  const format = String(values['format']);
  if (values['json'] && format !== 'json')
    throw new Fault(ExitCode.USAGE, `--json and --format ${format} contradict each other`, 'leave out one');
  if (Object.hasOwn(FORMATS, format)) return format as FormatName;
  throw new Fault(
    ExitCode.USAGE,
    `unknown format "${format}"`,
    `formats: ${Object.keys(FORMATS).join(', ')}`,
  );
}

function secondsOf(text: Call['values'][string]): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text !== '' && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new Fault(ExitCode.USAGE, `--timeout takes seconds, 0 or more, not "${text.toString()}"`);
}
