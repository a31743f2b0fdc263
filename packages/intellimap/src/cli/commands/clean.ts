/** `intellimap clean`: removes recordings. */
import { rmSync } from 'node:fs';
import { explainFileError, ExitCode, Fault } from '../../base/fault.ts';
import { listRunFolders, recordingsFolder, runFolder } from '../../record/folder.ts';
import { findRoot } from '../../record/workspace.ts';
import { removeRuns } from '../../store/index.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';

export const clean: Command = {
  name: 'clean',
  usage: '[--keep <n>] [--all] [--json]',
  summary: 'Removes old recordings (keeps the newest 20 unless told otherwise).',
  options: { keep: { type: 'string' }, all: { type: 'boolean' }, json: { type: 'boolean' } },
  help: [
    { usage: '--keep <n>', text: 'how many of the newest recordings stay (default 20)' },
    { usage: '--all', text: 'remove all recordings and the database' },
    { usage: '--json', text: 'print the removed ids as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    const root = findRoot(cwd);
    const keep = values['all'] ? 0 : (wholeNumber('--keep', values['keep']) ?? 20);
    const ids = listRunFolders(root);
    const gone = ids.slice(0, Math.max(0, ids.length - keep));
    try {
      if (values['all']) {
        rmSync(recordingsFolder(root), { recursive: true, force: true });
      } else if (gone.length > 0) {
        await removeRuns(root, gone);
        for (const id of gone) rmSync(runFolder(root, id), { recursive: true, force: true });
      }
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault(
        ExitCode.UNWRITABLE,
        `cannot remove: ${explainFileError(error as NodeJS.ErrnoException, recordingsFolder(root))}`,
      );
    }
    out.print(
      values['json']
        ? JSON.stringify({ removed: gone, kept: ids.length - gone.length })
        : sentence(gone.length, ids.length - gone.length),
    );
    return ExitCode.OK;
  },
};

const sentence = (gone: number, kept: number): string =>
  `${gone === 0 ? 'nothing to remove' : `removed ${gone} recording${gone === 1 ? '' : 's'}`}, ${kept} kept`;
