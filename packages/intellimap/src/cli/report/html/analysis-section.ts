/** What one analysis found: the sentence, the first findings, the others on demand. Pure. */
import type { AnalysisAnswer, DescribedFinding } from '../../../analyses/index.ts';
import { grouped } from '../../format.ts';
import { html, type Markup } from '../../../base/markup.ts';
import { placeText } from './gates-section.ts';

/** Findings that are seen without a click. */
const OPEN = 10;

export function analysisSection(answer: AnalysisAnswer, rows: number, run: string): Markup {
  const { name, title, summary, findings } = answer;
  const shown = findings.slice(0, rows);
  return html`<section id="${name}">
    <h2>${title}</h2>
    <p>${summary ?? ''}.</p>
    ${findingsTable(shown.slice(0, OPEN))}
    ${
      shown.length > OPEN &&
      html`<details>
        <summary>${shown.length - OPEN} more</summary>
        ${findingsTable(shown.slice(OPEN))}
      </details>`
    }
    ${leftOut(answer, shown.length, run)}
  </section>`;
}

export const leftOut = ({ name, findings }: AnalysisAnswer, shown: number, run: string): Markup | null =>
  findings.length > shown
    ? html`<p class="quiet">
        ${grouped(findings.length - shown)} of ${grouped(findings.length)}
        findings are left out here. All: <code>intellimap report ${run} --only ${name} --all</code>
      </p>`
    : null;

function findingsTable(findings: readonly DescribedFinding[]): Markup {
  const allCertain = findings.every(({ finding }) => finding.confidence === 'certain');
  return html`<table class="findings">
    <thead>
      <tr>
        ${!allCertain && html`<th scope="col">how sure</th>`}
        <th scope="col">finding</th>
        <th scope="col">place</th>
      </tr>
    </thead>
    <tbody>
      ${findings.map(
        ({ finding: { confidence, place }, text }) =>
          html`<tr>
            ${!allCertain && html`<td>${confidence}</td>`}
            <td>${text}</td>
            <td>${place !== null && html`<code>${placeText(place.path, place.line)}</code>`}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}
