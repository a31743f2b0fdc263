/** What is wrong as text for an assistant: error, stack, values, and what is known of its causes. */
import { previewText } from '../../base/preview-text.ts';
import { findCall } from '../find-call.ts';
import { recentValues } from '../recent-values.ts';
import type { Session } from '../session.ts';
import type { Judged, Trouble } from './judge.ts';
import { short } from './words.ts';

/** Values and callers that are told. */
export const FEW = 12;

export const ASKED =
  'Explain the cause from the code at these places, and say how to mend it. What was not recorded is not known: say so where it matters.';

export async function promptOf(
  session: Session,
  { sentence, evidence }: Judged,
  { name, message, function: around, path, line, moment }: Trouble,
  stack: string,
): Promise<string> {
  const call =
    moment?.call == null || moment.thread === null
      ? undefined
      : await findCall(session, moment.thread, Number(moment.call));
  const seen = moment?.function == null ? [] : await recentValues(session, moment.function, 1);
  const parts = [
    `${aboutRun(session)} It went wrong.`,
    `${sentence} ${evidence.map((part) => (typeof part === 'string' ? part : part.text)).join('')}`,
    message === null ? null : `Error: ${name}: ${message}`,
    path === null
      ? null
      : `Place: ${path}${line === null ? '' : `:${line}`}${around === null ? '' : `, in ${around}`}`,
    stack === '' ? null : `Stack, innermost first:\n${indented(stack)}`,
    call === undefined || call.callers.length === 0
      ? null
      : `Callers of that call, innermost first:\n${indented(
          call.callers
            .slice(0, FEW)
            .map((each) => `${each.name} (${each.path}:${each.line})`)
            .join('\n'),
        )}`,
    seen.length === 0
      ? null
      : `Values of the last call of it that was looked at (${seen[0].outcome}):\n${indented(
          seen[0].values
            .slice(0, FEW)
            .map(
              (value) =>
                `${value.role}${value.name === null ? '' : ` ${value.name}`}: ${short(previewText(value.preview), 400)}`,
            )
            .join('\n'),
        )}`,
    ASKED,
  ];
  return joined(parts);
}

/** What all prompts begin with. */
export function aboutRun({ run }: Session): string {
  const command = (JSON.parse(run.command) as string[]).join(' ');
  return `What follows was recorded in a run of \`${command}\`${run.commit === null ? '' : ` at commit ${run.commit.slice(0, 12)}`}.`;
}

export const joined = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join('\n\n');

export const indented = (text: string): string => text.replaceAll(/^/gm, '  ');
