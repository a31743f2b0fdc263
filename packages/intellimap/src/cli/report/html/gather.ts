/** What the page is made of, beside the report: the verdict, source around errors, what a gate said, the map. I/O: reads files of the workspace. */
import { readFileSync } from 'node:fs';
import type { AnalysisAnswer, BrokenFinding } from '../../../analyses/index.ts';
import { explainFileError, ExitCode, Fault } from '../../../base/fault.ts';
import { isRecord } from '../../../base/is-record.ts';
import { html, type Markup } from '../../../base/markup.ts';
import { REPORT_FORMAT, REPORT_VERSION, type GateReport } from '../../../gates/index.ts';
import type { Metric } from '../../../layout/index.ts';
import {
  mapPicture,
  project,
  recentValues,
  type Session,
  type Signature,
  sourceText,
  verdict,
} from '../../../query/index.ts';
import { previewText } from '../../../base/preview-text.ts';
import type { Report } from '../render.ts';
import type { Snippet } from './broken-section.ts';
import { legend, mapSvg } from './map-svg.ts';
import type { PageFacts } from './page.ts';

/** Kinds of errors whose source is shown. */
const SNIPPETS = 12;
/** Lines before and behind the place. */
const AROUND = 5;
/** Characters of a line or a value. */
const WIDTH = 200;
/** Larger maps are no overview any more, and most of the page. */
const MOST_CELLS = 40_000;

/** @param gateFile `gate.json` as a gate left it; null: none */
export async function pageFacts(
  session: Session,
  root: string,
  report: Report,
  gateFile: string | null,
  version: string,
): Promise<PageFacts> {
  const { tone, sentence, evidence, issues } = await verdict(session);
  return {
    project: project(root).name,
    summary: report.summary,
    answers: report.answers,
    verdict: {
      tone,
      sentence,
      evidence: evidence.map((part) => (typeof part === 'string' ? part : part.text)).join(''),
    },
    gate: gateFile === null ? null : readGate(gateFile),
    snippets: await snippetsOf(session, root, report.answers, issues.signatures),
    map: await mapOf(session),
    version,
  };
}

/** @throws Fault: it is not there, or none */
function readGate(file: string): GateReport {
  const what = (problem: string): Fault =>
    new Fault(
      ExitCode.USAGE,
      `--gate ${file}: ${problem}`,
      'It takes the gate.json that "intellimap gate" leaves.',
    );
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw what(explainFileError(error as NodeJS.ErrnoException, file));
  }
  try {
    const report: unknown = JSON.parse(text);
    if (isGateReport(report)) return report;
  } catch {
    // Said below.
  }
  throw what('this is no answer of a gate that this version can read');
}

const isGateReport = (report: unknown): report is GateReport =>
  isRecord(report) &&
  report['format'] === REPORT_FORMAT &&
  report['version'] === REPORT_VERSION &&
  isRecord(report['baseline']) &&
  isRecord(report['candidate']) &&
  Array.isArray(report['gates']);

/** Of the first kinds of errors, whoever saw them, by id of the finding. */
async function snippetsOf(
  session: Session,
  root: string,
  answers: readonly AnalysisAnswer[],
  signatures: readonly Signature[],
): Promise<Map<string, Snippet>> {
  const found = answers.find(({ name }) => name === 'broken-features')?.findings ?? [];
  const snippets = new Map<string, Snippet>();
  const texts = new Map<string, string | null>();
  for (const { finding } of found.slice(0, SNIPPETS)) {
    const { place, failure, silent } = finding as BrokenFinding;
    if (place === null || place.line === null) continue;
    const signature = signatures.find(({ id }) => id === failure?.signature);
    const call = silent === null ? (signature?.first?.call ?? null) : String(silent.callId);
    if (!texts.has(place.path)) texts.set(place.path, await recordedText(session, root, place.path));
    const text = texts.get(place.path) ?? null;
    if (text === null) continue;
    const values = await valuesOf(session, silent?.id ?? signature?.functionId ?? null, call);
    snippets.set(finding.id, { ...linesAround(text, place.line), line: place.line, values });
  }
  return snippets;
}

/** null: the text is not the one that was recorded any more, not there, or none of the workspace's. */
async function recordedText(session: Session, root: string, path: string): Promise<string | null> {
  try {
    const { text, isRecorded } = await sourceText(session, root, path);
    return isRecorded === false ? null : text;
  } catch (error) {
    if (error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND) return null;
    throw error;
  }
}

function linesAround(text: string, line: number): Pick<Snippet, 'first' | 'lines'> {
  const first = Math.max(1, line - AROUND);
  const lines = text.split(/\r?\n/).slice(first - 1, line + AROUND);
  return { first, lines: lines.map((each) => each.slice(0, WIDTH)) };
}

/** What the function was called with when it failed first, where values were recorded. */
async function valuesOf(
  session: Session,
  functionId: string | null,
  call: string | null,
): Promise<Snippet['values']> {
  if (functionId === null) return [];
  const calls = await recentValues(session, functionId, 20);
  const seen =
    calls.find(({ callId }) => String(callId) === call) ?? calls.find(({ outcome }) => outcome === 'threw');
  return (seen?.values ?? []).map(({ role, name, position, preview }) => ({
    name: role === 'argument' ? (name ?? `argument ${(position ?? 0) + 1}`) : role,
    value: previewText(preview).slice(0, WIDTH),
  }));
}

async function mapOf(session: Session): Promise<Markup | null> {
  const { facts, layout } = await mapPicture(session);
  if (facts.modules.path.length === 0 || facts.functions.id.length > MOST_CELLS) return null;
  const metric: Metric = facts.heat.self === undefined ? 'calls' : 'self';
  return html`${legend(metric === 'self' ? 'self time' : 'calls')}
    <div class="map" tabindex="0" role="region" aria-label="Map, can be scrolled">
      ${mapSvg({ facts, layout }, metric)}
    </div>`;
}
