/** What is wrong as text for an assistant: error, stack, values, and what is known of its causes. */
import { previewText } from '../../base/preview-text.ts';
import type { CallValue } from '../call-values.ts';
import { findCall } from '../find-call.ts';
import { recentValues } from '../recent-values.ts';
import type { StackLine } from '../issues.ts';
import type { Session } from '../session.ts';
import type { Judged, Trouble } from './judge.ts';
import { short } from './words.ts';

/** Values and callers that are told. */
export const FEW = 12;

/** Characters of a value. */
const VALUE = 400;

export const ASKED =
  'Explain the cause from the code at these places, and say how to mend it. What was not recorded is not known: say so where it matters.';

export async function promptOf(
  session: Session,
  { sentence, evidence }: Judged,
  { name, message, function: around, path, line, moment }: Trouble,
  stack: readonly StackLine[],
): Promise<string> {
  const call =
    moment?.call == null || moment.thread === null
      ? undefined
      : await findCall(session, moment.thread, Number(moment.call));
  const [last] = moment?.function == null ? [] : await recentValues(session, moment.function, 1);
  const parts = [
    `${aboutRun(session)} It went wrong.`,
    `${sentence} ${evidence.map((part) => (typeof part === 'string' ? part : part.text)).join('')}`,
    message === null ? null : `Error: ${name}: ${message}`,
    path === null
      ? null
      : `Place: ${path}${line === null ? '' : `:${line}`}${around === null ? '' : `, in ${around}`}`,
    stackText(stack),
    listed('Callers of that call, innermost first', call?.callers.map(placed) ?? []),
    last === undefined
      ? null
      : listed(
          `Values of the last call of it that was looked at (${last.outcome})`,
          last.values.map(valueText),
        ),
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

/** A part with a title; null: there is nothing to tell. */
export const listed = (title: string, lines: readonly string[], most = FEW): string | null =>
  lines.length === 0 ? null : `${title}:\n${indented(lines.slice(0, most).join('\n'))}`;

export const stackText = (stack: readonly StackLine[]): string | null =>
  listed('Stack, innermost first', stack.map(placed), Infinity);

/** `name (path:line)` */
export const placed = ({ name, path, line }: StackLine): string =>
  path === null ? name : `${name} (${path}:${line})`;

export const valueText = ({ role, name, preview }: Pick<CallValue, 'role' | 'name' | 'preview'>): string =>
  `${role}${name === null ? '' : ` ${name}`}: ${previewed(preview)}`;

export const previewed = (preview: string): string => short(previewText(preview), VALUE);

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');
