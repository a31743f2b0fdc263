/** Errors by signature: what was thrown, the source around it, what it was called with, and since when. Pure. */
import type { AnalysisAnswer, BrokenFinding } from '../../../analyses/index.ts';
import { html, type Markup } from '../../../base/markup.ts';
import type { Failure } from '../../../query/index.ts';
import { leftOut } from './analysis-section.ts';
import { placeText } from './gates-section.ts';

/** Lines of source around a place. */
export interface Snippet {
  /** Line of `lines[0]`, from 1. */
  first: number;
  lines: string[];
  /** The line it is about. */
  line: number;
  /** What the function around it was called with when it failed, as recorded; empty: values were not recorded. */
  values: { name: string; value: string }[];
}

/** Kinds that get an article each: those that nobody meant, and some of those that may be meant. The others stand in a list. */
const ARTICLES = 12;
const PERHAPS_MEANT = 3;

export function brokenSection(
  answer: AnalysisAnswer,
  rows: number,
  snippets: ReadonlyMap<string, Snippet>,
  run: string,
): Markup {
  const sure = answer.findings.filter(({ finding }) => finding.confidence !== 'possible').length;
  const articles = Math.min(ARTICLES, sure + PERHAPS_MEANT);
  const told = answer.findings.slice(0, articles);
  const rest = { ...answer, findings: answer.findings.slice(articles) };
  return html`<section id="${answer.name}">
    <h2>${answer.title}</h2>
    <p>${answer.summary ?? ''}.</p>
    ${told.map(({ finding, text }) => {
      const { confidence, place, failure, silent } = finding as BrokenFinding;
      const where = place === null ? null : placeText(place.path, place.line);
      return html`<article class="${confidence}">
        <h3>${failure === null ? `${silent!.name}: left by an error that nobody in the recorded code saw` : `${failure.name}: ${failure.message}`}</h3>
        <p><mark class="${confidence === 'possible' ? 'worse' : 'bad'}">${confidence}</mark> ${text}.</p>
        ${where !== null && snippetText(where, snippets.get(finding.id))} ${failure !== null && howOften(failure)}
      </article> `;
    })}
    ${rest.findings.length > 0 && analysisRest(rest, rows, run)}
  </section>`;
}

const analysisRest = (rest: AnalysisAnswer, rows: number, run: string): Markup =>
  html`<details>
      <summary>${rest.findings.length} more kinds</summary>
      <ul>
        ${rest.findings.slice(0, rows).map(({ text }) => html`<li>${text}</li> `)}
      </ul>
    </details>
    ${leftOut(rest, rows, run)}`;

function howOften({ tasks, runs, since, newAfter, causes }: Failure): Markup {
  const rows: [string, string][] = [
    [
      'first seen',
      `${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC, in ${runs} run${runs === 1 ? '' : 's'} since`,
    ],
    ...row(
      'before',
      newAfter > 0 && `in none of ${newAfter} earlier run${newAfter === 1 ? '' : 's'} of this command`,
    ),
    ...row('began with', tasks.length > 0 && tasks.slice(0, 5).join(', ')),
    ...causes.map((cause): [string, string] => ['caused by', `${cause.name}: ${cause.message}`]),
  ];
  return html`<table>
    <tbody>
      ${rows.map(
        ([name, text]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${text}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}

const row = (name: string, text: string | false): [string, string][] =>
  text === false ? [] : [[name, text]];

function snippetText(where: string, snippet: Snippet | undefined): Markup {
  if (snippet === undefined) return html`<p><code>${where}</code></p>`;
  const width = String(snippet.first + snippet.lines.length).length;
  const lines = snippet.lines.map((text, at) => {
    const number = snippet.first + at;
    const line = `${number === snippet.line ? '>' : ' '} ${String(number).padStart(width)}  ${text}\n`;
    return number === snippet.line ? html`<b>${line}</b>` : line;
  });
  return html`<figure>
    <figcaption><code>${where}</code></figcaption>
    <pre>${lines}</pre>
    ${
      snippet.values.length > 0 &&
      html`<table class="values">
        <tbody>
          ${snippet.values.map(
            ({ name, value }) =>
              html`<tr>
                <th scope="row"><code>${name}</code></th>
                <td><code>${value}</code></td>
              </tr> `,
          )}
        </tbody>
      </table>`
    }
  </figure>`;
}
