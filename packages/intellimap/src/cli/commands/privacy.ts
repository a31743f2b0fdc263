/** `intellimap privacy`: what of a run was redacted, by which rule and where; what it holds besides; and whether anything is in it that would be redacted today. */
import { join } from 'node:path';
import type { Redaction, RedactionCounts } from '@intellimap/probe/core';
import { ExitCode } from '../../base/fault.ts';
import type { RunFile } from '../../base/recording.ts';
import { runNamed } from '../../base/run-id.ts';
import { storedTexts } from '../../query/index.ts';
import { fileBytes } from '../../record/recordings.ts';
import { listRunFolders, recordingsFolder, runFolder } from '../../record/folder.ts';
import {
  readRecordedTexts,
  jsonStrings,
  type RecordedTexts,
  type TextVisitor,
} from '../../record/recorded-texts.ts';
import { KEY_FILE } from '../../record/privacy-key.ts';
import { workspaceRedaction } from '../../record/redaction.ts';
import { findRoot } from '../../record/workspace.ts';
import { readRun, storeFile } from '../../store/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { type Found, type PrivacyAnswer, privacyText } from '../privacy-text.ts';
import { withRun } from '../session.ts';

export const privacy: Command = {
  name: 'privacy',
  usage: '[run] [--scan] [--json]',
  summary:
    'What of a run was redacted, what it holds, where that lies; --scan looks for secrets that are left.',
  details: [
    'Secrets are replaced in the program, before anything is written: the same one by the same token, ‹email:7f3a91c2-16›.',
    'Nothing is sent anywhere. docs/privacy.md tells the rules, and what they do not see.',
  ].join('\n'),
  options: { scan: { type: 'boolean' }, json: { type: 'boolean' } },
  help: [
    {
      usage: '--scan',
      text: 'look through files and database for what a rule would see today; exit code 1: there is some',
    },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals, out, cwd } = call;
    atMost(1, positionals);
    const root = findRoot(cwd);
    const ids = listRunFolders(root).toReversed();
    const id = runNamed(ids, positionals[0]);
    const folder = runFolder(root, id);
    const run = readRun(folder);
    const search = values['scan'] ? finder(root, workspaceRedaction(root, run.values?.redact)) : undefined;
    const texts = await readRecordedTexts(folder, search?.visit);
    if (search !== undefined) await searchDatabase(call, id, search.visit);
    const answer = answerOf(root, run, texts, search?.found() ?? null);
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else out.print(privacyText(answer, out));
    return answer.found === null || answer.found.length === 0 ? ExitCode.OK : ExitCode.FAILED;
  },
};

async function searchDatabase(call: Call, id: string, visit: TextVisitor): Promise<void> {
  await withRun(call, id, async (session) => {
    for await (const { table, column, texts } of storedTexts(session))
      for (const text of texts) {
        const told = (part: string): void => visit(part, `${table}.${column}`);
        if (text.startsWith('{') || text.startsWith('[')) jsonStrings(text, told);
        else told(text);
      }
  });
}

/** Gathers what a rule sees, by rule and place, each with one text as it would be shown. */
function finder(root: string, redaction: Redaction): { visit: TextVisitor; found: () => Found[] } {
  const examples = new Map<string, string>();
  return {
    visit(text, where) {
      const before = redaction.total;
      // Names of folders are no secrets, however they were made up.
      const shown = redaction.shown(text.replaceAll(root, '.'), where, text.length);
      if (redaction.total === before) return;
      const key = `${redaction.rule}\n${where}`;
      if (!examples.has(key)) examples.set(key, shown);
    },
    found: () =>
      listed(redaction.counts).map(({ rule, where, count }) => ({
        rule,
        where,
        count,
        example: examples.get(`${rule}\n${where}`) ?? '',
      })),
  };
}

const listed = (counts: RedactionCounts): { rule: string; where: string; count: number }[] =>
  Object.entries(counts)
    .flatMap(([rule, places]) => Object.entries(places).map(([where, count]) => ({ rule, where, count })))
    .toSorted((a, b) => b.count - a.count || (a.rule + a.where < b.rule + b.where ? -1 : 1));

function answerOf(root: string, run: RunFile, texts: RecordedTexts, found: Found[] | null): PrivacyAnswer {
  return {
    run: run.id,
    folder: runFolder(root, run.id),
    database: { path: storeFile(root), bytes: fileBytes(storeFile(root)) },
    key: fileBytes(join(recordingsFolder(root), KEY_FILE)) > 0,
    values:
      run.values === undefined
        ? null
        : [...run.values.full_trace, ...run.values.state_only].map(({ pattern }) => pattern),
    valueBytes: texts.valueBytes,
    heaps: run.v8?.heap === 'keep',
    redacted: listed(texts.counts),
    notes: texts.notes,
    kinds: texts.kinds,
    found,
  };
}
