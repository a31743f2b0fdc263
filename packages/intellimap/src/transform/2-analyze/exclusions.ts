/** Functions that are left alone although nothing is wrong with them: asked for by a comment, or run somewhere else. */
import type { Comment, Node } from '../1-parse.ts';
import { headOf } from './names.ts';
import { skipTrivia } from './expressions.ts';

export const IGNORED = 'ignored by comment';

export interface Ignored {
  file: boolean;
  /** Offsets of the first token after each `intellimap-ignore` comment. */
  starts: Set<number>;
}

export function ignored(text: string, comments: () => Comment[]): Ignored {
  const starts = new Set<number>();
  if (!text.includes('intellimap-ignore')) return { file: false, starts };
  const found = comments().filter((c) => /^\s*intellimap-ignore(?:-file)?(?:\s|$)/.test(c.value));
  for (const comment of found) starts.add(skipTrivia(text, comment.end));
  return { file: found.some((c) => c.value.trim().startsWith('intellimap-ignore-file')), starts };
}

const SERIALISERS =
  /\.(?:evaluate|\$eval|\$\$eval|evaluateHandle|evaluateOnNewDocument|evaluateAll|waitForFunction|addInitScript)$/;
const HOISTED = /^(?:jest|vi)\.(?:mock|doMock|unstable_mockModule|hoisted|setMock)$/;

/** Why the function arguments of this call are left alone: their text is read and run elsewhere, or moved by a test runner. */
export function runsElsewhere(call: Node): string | undefined {
  if (call['callee'].type !== 'MemberExpression') return undefined;
  const property = call['callee'].property.name as string | undefined;
  if (!property || !/^(?:evaluate|\$|waitForF|addInit|mock|doMock|unstable|hoisted|setMock)/.test(property))
    return undefined;
  const head = headOf(call['callee']);
  if (SERIALISERS.test(head)) return `serialised by ${property}()`;
  if (HOISTED.test(head)) return `moved by ${head}()`;
  return undefined;
}
