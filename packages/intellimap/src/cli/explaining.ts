/** Answers with the SQL behind them. */
import { type Explained, explained, heardStatements, type Session } from '../query/index.ts';
import { explainedText } from './explained-text.ts';
import type { Terminal } from './terminal.ts';

/** What `--json` has beside the answer. */
export interface Statements {
  /** What each statement that was asked did; null: `--explain` was not said. */
  explained: Explained[] | null;
}

/**
 * Prints what `ask` says, as `text` has it or as JSON; with `isExplained` also what each statement that it asked did: each is asked once more for that.
 */
export async function printAnswer<T extends object>(
  session: Session,
  out: Terminal,
  { isExplained, asJson }: { isExplained: boolean; asJson: boolean },
  ask: (session: Session) => Promise<T>,
  text: (answer: T) => string,
): Promise<void> {
  const { session: heard, asked } = heardStatements(session);
  const answer = await ask(isExplained ? heard : session);
  const statements: Explained[] = [];
  for (const { sql, values } of isExplained ? asked : [])
    statements.push(await explained(session, sql, values));
  if (asJson) {
    const all: T & Statements = { ...answer, explained: isExplained ? statements : null };
    return out.print(JSON.stringify(all, null, 2));
  }
  out.print(text(answer));
  for (const [index, each] of statements.entries())
    out.print(
      `\n${out.paint.bold(`question ${index + 1} of ${statements.length}`)}\n${explainedText(each, out)}`,
    );
}
