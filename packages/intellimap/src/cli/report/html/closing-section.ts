/** What was asked and not found, what cannot be told, and how to look at it oneself. Pure. */
import type { AnalysisAnswer } from '../../../analyses/index.ts';
import { html, type Markup } from '../../../base/markup.ts';
import type { RunSummary } from '../../../query/index.ts';

export function closingSection({ run }: RunSummary, answers: readonly AnalysisAnswer[]): Markup {
  const none = answers.filter(({ holds }) => holds === 'no').map(({ title }) => title);
  const untold = answers.filter(({ holds }) => holds === 'unknown' || holds === 'failed');
  const commands = [
    ['open it, and watch it run', `intellimap open ${run.id}`],
    ['every finding', `intellimap report ${run.id} --all`],
    ['record it again', `intellimap run -- ${(JSON.parse(run.command) as string[]).join(' ')}`],
  ];
  return html`<section id="again">
    <h2>How sure, and how to see it again</h2>
    ${none.length > 0 && html`<p>Looked for and not found: ${none.join(', ')}.</p>`}
    ${
      untold.length > 0 &&
      html`<ul>
        ${untold.map(({ title, holds, why }) => html`<li>${title}: ${holds === 'failed' ? 'failed' : 'not known'}: ${why ?? ''}</li>`)}
      </ul>`
    }
    <table>
      <tbody>
        ${commands.map(
          ([what, command]) =>
            html`<tr>
              <th scope="row">${what}</th>
              <td><code>${command}</code></td>
            </tr> `,
        )}
      </tbody>
    </table>
  </section>`;
}
