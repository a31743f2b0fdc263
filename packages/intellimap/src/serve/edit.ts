/** A place in the source, in the editor of who looks: the one that runs on this machine, or that LAUNCH_EDITOR, VISUAL or EDITOR names. */
import { existsSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { ExitCode, Fault } from '../base/fault.ts';
import { count, text } from '../base/shape.ts';
import { sourcePath } from '../query/index.ts';
import type { Questions } from './contract.ts';
import { asked, type Context, needed, optional } from './route.ts';

type Ask = Questions['edit']['ask'];

/** An editor that cannot be started says so at once; of one that can, nothing more is heard. */
const PATIENCE_MS = 400;
const HINT = 'Start the editor first, or name it: LAUNCH_EDITOR=code intellimap open';

const body = asked<Ask>({
  run: optional(text()),
  path: needed(text()),
  line: optional(count()),
  column: optional(count()),
});

/** @param isLocal nobody else can ask: programs of this machine are started for who sits at it only */
export function addEdit(app: FastifyInstance, context: Context, isLocal: boolean): void {
  app.post<{ Body: Ask }>('/api/edit', { schema: { body } }, async ({ body: ask }) => {
    if (!isLocal)
      throw new Fault(
        ExitCode.USAGE,
        'the editor of this machine is for who sits at it',
        'Open it without --host.',
      );
    const file = await context.data.ask({ run: ask.run }, (session) =>
      sourcePath(session, context.root, ask.path),
    );
    if (!existsSync(file)) throw new Fault(ExitCode.NOT_FOUND, `${ask.path} is not there any more`);
    await launch(`${file}:${ask.line ?? 1}:${(ask.column ?? 0) + 1}`, ask.path);
    return { path: ask.path, line: ask.line ?? 1 };
  });
}

async function launch(place: string, path: string): Promise<void> {
  const { default: launchEditor } = await import('launch-editor');
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    launchEditor(place, undefined, (_, problem) => {
      clearTimeout(timer);
      const why = problem === null ? 'no editor was found that runs here' : problem;
      reject(new Fault(ExitCode.NOT_FOUND, `${path} could not be opened: ${why}`, HINT));
    });
  });
}
