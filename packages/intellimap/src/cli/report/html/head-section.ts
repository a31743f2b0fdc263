/** What is asked first: is it well, of what run, and how sure is that? Pure. */
import { html, type Markup } from '../../../base/markup.ts';
import { factRows } from '../../summary.ts';
import { time } from '../../format.ts';
import { PLAIN } from '../../terminal.ts';
import type { PageFacts, Verdict } from './page.ts';

const WORDS: Record<Verdict['tone'], string> = {
  bad: 'broken',
  worse: 'worse',
  good: 'well',
  unknown: 'not known',
};

export function headSection({ project, summary, verdict }: PageFacts): Markup {
  const { run } = summary;
  const commit =
    run.commit === null
      ? null
      : `${run.branch ?? ''} ${run.commit.slice(0, 12)}${run.dirty ? ' with changes' : ''}`.trim();
  const rows: [string, string | null][] = [
    ['run', run.id],
    [
      'recorded',
      new Date(run.ts)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z/, ' UTC'),
    ],
    ['took', run.duration_ms === null ? null : time(run.duration_ms)],
    ['commit', commit],
    ...factRows(summary, PLAIN),
  ];
  return html`<header>
    <p class="project">${project}</p>
    <h1><mark class="${verdict.tone}">${WORDS[verdict.tone]}</mark> ${verdict.sentence}</h1>
    ${verdict.evidence !== '' && html`<p>${verdict.evidence}</p>`}
    <p><code>${(JSON.parse(run.command) as string[]).join(' ')}</code></p>
    <details>
      <summary>The run, and how it was recorded</summary>
      <table>
        <tbody>
          ${rows.map(
            ([name, text]) =>
              text !== null &&
              html`<tr>
                <th scope="row">${name}</th>
                <td>${text}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </details>
  </header>`;
}
