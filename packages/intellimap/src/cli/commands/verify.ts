/** `intellimap verify`: is a sealed run, or report, what it was? */
import { resolve } from 'node:path';
import { ExitCode } from '../../base/fault.ts';
import type { Seal } from '../../record/seal.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { checked } from '../gate/seals.ts';
import { printable } from '../terminal.ts';

/** Changed files that are named. */
const NAMED = 20;

/** What `--json` prints. */
export interface VerifyAnswer extends Pick<Seal, 'kind' | 'id' | 'root' | 'publicKey'> {
  valid: boolean;
  problems: string[];
  /** Its file. */
  seal: string;
}

export const verify: Command = {
  name: 'verify',
  usage: '[run|seal.json] [--key <pub.pem>] [--json]',
  summary: 'Says whether a sealed recording or report is what it was, or which file was changed.',
  options: { key: { type: 'string' }, json: { type: 'boolean' } },
  help: [
    { usage: '[run|seal.json]', text: 'a run (the latest by default), or the file of a seal' },
    { usage: '--key <pub.pem>', text: 'public key of who must have signed; without it, that is not asked' },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const key = typeof values['key'] === 'string' ? resolve(cwd, values['key']) : undefined;
    const what = positionals[0];
    const named = what !== undefined && /[/\\]|\.json$/.test(what) ? resolve(cwd, what) : what;
    const { valid, problems, seal, file } = await checked({ cwd, out }, findRoot(cwd), named, key);
    const { kind, id, root, publicKey } = seal;
    if (values['json']) {
      const answer: VerifyAnswer = { valid, problems, kind, id, root, publicKey, seal: file };
      out.print(JSON.stringify(answer));
      return valid ? ExitCode.OK : ExitCode.FAILED;
    }
    const who =
      key === undefined ? 'signed with the key that it names' : 'signed with the key that was given';
    const more = problems.length > NAMED ? [`and ${problems.length - NAMED} more`] : [];
    out.print(
      valid
        ? `valid: ${printable(kind)} ${printable(id)}, ${seal.leaves.length} parts, ${who}`
        : [
            'not valid:',
            ...[...problems.slice(0, NAMED), ...more].map((problem) => `  ${printable(problem)}`),
          ].join('\n'),
    );
    return valid ? ExitCode.OK : ExitCode.FAILED;
  },
};
