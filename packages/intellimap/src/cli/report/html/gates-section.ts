/** What the gate let through, and what not. Pure. */
import { html, type Markup } from '../../../base/markup.ts';
import type { GateReport, GateResult } from '../../../gates/index.ts';

const WORDS: Record<GateResult['verdict'], string> = {
  pass: 'passed',
  fail: 'failed',
  unsure: 'could not be judged',
  off: 'not asked',
};
const TONES: Record<GateResult['verdict'], string> = {
  pass: 'good',
  fail: 'bad',
  unsure: 'worse',
  off: 'unknown',
};

export const gatesSection = ({ gates, baseline, candidate }: GateReport): Markup =>
  html`<section id="gates">
    <h2>Gates</h2>
    <p>
      ${candidate.name} against ${baseline.name}, ${candidate.runs.length} and ${baseline.runs.length} runs.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">gate</th>
          <th scope="col">verdict</th>
          <th scope="col">what was compared</th>
        </tr>
      </thead>
      <tbody>
        ${gates.map(gateRow)}
      </tbody>
    </table>
  </section>`;

const gateRow = ({ gate, verdict, says, findings }: GateResult): Markup =>
  html`<tr>
    <th scope="row">${gate}</th>
    <td><mark class="${TONES[verdict]}">${WORDS[verdict]}</mark></td>
    <td>
      ${says}.
      ${
        findings.length > 0 &&
        html`<ul>
          ${findings.map(({ message, place }) => html`<li>${message}${place !== null && html` (<code>${placeText(place.path, place.line)}</code>)`}</li>`)}
        </ul>`
      }
    </td>
  </tr> `;

export const placeText = (path: string, line: number | null): string =>
  line === null ? path : `${path}:${line}`;
