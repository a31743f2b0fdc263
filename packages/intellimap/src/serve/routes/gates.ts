/** What the newest gate said that judged a run. I/O: reads the reports that `intellimap gate` left. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../base/is-record.ts';
import { text } from '../../base/shape.ts';
import type { GateVerdicts } from '../contract.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const gates: Route<'gates'> = {
  ask: asked({ run: optional(text()) }),
  async answer(ask, context) {
    const run = await ofRun(context, ask, async (session) => session.run.id);
    const folder = join(context.root, '.intellimap', 'reports');
    for (const file of reportFiles(folder)) {
      const verdicts = verdictsOf(file, run);
      if (verdicts !== null) return verdicts;
    }
    return null;
  },
};

/** Newest first. */
function reportFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name, 'gate.json'))
      .map((file) => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .filter(({ at }) => at > 0)
      .toSorted((a, b) => b.at - a.at)
      .map(({ file }) => file);
  } catch {
    return [];
  }
}

const VERDICTS = ['pass', 'fail', 'unsure', 'off'] as const;

/** A file that is none of ours, or of another version, says nothing. */
function verdictsOf(file: string, run: string): GateVerdicts | null {
  const report = read(file);
  if (!isRecord(report) || report['format'] !== 'intellimap-gate' || report['version'] !== 1) return null;
  const { id, verdict, baseline, candidate, gates: all } = report;
  if (!isRecord(baseline) || !isRecord(candidate) || !Array.isArray(all)) return null;
  if (!Array.isArray(candidate['runs']) || !candidate['runs'].includes(run)) return null;
  return {
    id: String(id),
    baseline: String(baseline['name']),
    verdict: wordOf(verdict, VERDICTS) as GateVerdicts['verdict'],
    gates: all.filter(isRecord).map((each) => ({
      gate: String(each['gate']),
      verdict: wordOf(each['verdict'], VERDICTS),
      says: String(each['says']),
    })),
  };
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const wordOf = <Word extends string>(value: unknown, words: readonly Word[]): Word =>
  words.find((word) => word === value) ?? ('unsure' as Word);
