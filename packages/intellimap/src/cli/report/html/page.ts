/**
 * The report as one file: HTML that says everything with scripts and styles blocked, as CI systems show it; styles make it pleasant, the script
 * adds filters. No request to anywhere. Pure.
 */
import { createHash } from 'node:crypto';
import type { AnalysisAnswer } from '../../../analyses/index.ts';
import { html, Markup } from '../../../base/markup.ts';
import type { GateReport } from '../../../gates/index.ts';
import type { RunSummary } from '../../../query/index.ts';
import { grouped } from '../../format.ts';
import { analysisSection } from './analysis-section.ts';
import { brokenSection, type Snippet } from './broken-section.ts';
import { closingSection } from './closing-section.ts';
import { gatesSection } from './gates-section.ts';
import { headSection } from './head-section.ts';
import { ORDER } from './order.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface PageFacts {
  /** Name of the project. */
  project: string;
  summary: RunSummary;
  answers: readonly AnalysisAnswer[];
  verdict: Verdict;
  /** What a gate said of this run; null: none was asked. */
  gate: GateReport | null;
  /** Source around errors, by id of the finding. */
  snippets: ReadonlyMap<string, Snippet>;
  /** The map as SVG; null: there is nothing to draw. */
  map: Markup | null;
  /** Version of IntelliMap. */
  version: string;
}

/** The sentence that comes first, and what shows it. */
export interface Verdict {
  tone: 'bad' | 'worse' | 'good' | 'unknown';
  sentence: string;
  evidence: string;
}

/** Bytes of a page, unless all is asked for: CI systems and mail pass it on, browsers open it at once. */
const TARGET_BYTES = 2 * 1024 * 1024;
/** Findings of each analysis: the most that fit, of these. */
const ROWS = [500, 200, 100, 50, 20, 10];

/** @param all every finding, however large the page gets */
export function reportPage(facts: PageFacts, all = false): string {
  if (all) return page(facts, Infinity);
  for (const rows of ROWS) {
    const text = page(facts, rows);
    if (Buffer.byteLength(text) <= TARGET_BYTES) return text;
  }
  return page({ ...facts, map: null }, ROWS.at(-1)!);
}

function page(facts: PageFacts, rows: number): string {
  const { summary, answers, gate, map, snippets } = facts;
  const title = `${facts.project}: IntelliMap report`;
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const sections = [
    headSection(facts),
    contents(answers, gate !== null, map !== null),
    gate !== null && gatesSection(gate),
    ...inOrder(answers).map((answer) =>
      answer.name === 'broken-features'
        ? brokenSection(answer, rows, snippets, summary.run.id)
        : analysisSection(answer, rows, summary.run.id),
    ),
    map !== null &&
      html`<section id="map">
        <h2>Map</h2>
        ${map}
      </section>`,
    closingSection(summary, answers),
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${new Markup(`<style>${STYLE}</style>`)}
      </head>
      <body>
        ${sections}
        <footer>
          <p>IntelliMap ${facts.version}. This page is whole by itself: it asks nothing of any server.</p>
        </footer>
        ${new Markup(`<script type="module">${SCRIPT}</script>`)}
      </body>
    </html>
`.text;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Those that found something, the gravest kind first. */
export const inOrder = (answers: readonly AnalysisAnswer[]): AnalysisAnswer[] =>
  answers.filter(({ holds }) => holds === 'yes').toSorted((a, b) => rank(a.name) - rank(b.name));
const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

function contents(answers: readonly AnalysisAnswer[], hasGate: boolean, hasMap: boolean): Markup {
  const found = inOrder(answers);
  return html`<nav aria-label="Sections">
    <ul>
      ${hasGate && html`<li><a href="#gates">Gates</a></li>`}
      ${found.map(({ name, title, findings }) => html`<li><a href="#${name}">${title}</a> <small>${grouped(findings.length)}</small></li>`)}
      ${hasMap && html`<li><a href="#map">Map</a></li>`}
      <li><a href="#again">How sure, and how to see it again</a></li>
    </ul>
  </nav>`;
}
