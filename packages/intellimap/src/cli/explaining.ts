/** Answers with the SQL behind them, for people. */
import { explained, heardStatements, type Session } from '../query/index.ts';
import { explainedText } from './explained-text.ts';
import type { Terminal } from './terminal.ts';

/** Prints what `ask` says, then what each statement that it asked did: each is asked once more for that. */
export async function explaining(
  session: Session,
  out: Terminal,
  ask: (session: Session) => Promise<string>,
): Promise<void> {
  const { session: heard, asked } = heardStatements(session);
  out.print(await ask(heard));
  for (const [index, { sql, values }] of asked.entries()) {
    const text = explainedText(await explained(session, sql, values), out);
    out.print(`\n${out.paint.bold(`question ${index + 1} of ${asked.length}`)}\n${text}`);
  }
}
