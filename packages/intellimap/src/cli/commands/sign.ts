/** `intellimap sign`: seals a run. */
import { relative, resolve } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { writeNewKey } from '../../record/seal.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { sealRun } from '../gate/seals.ts';

export const sign: Command = {
  name: 'sign',
  usage: '[run] --key <key.pem> | --new-key <file>',
  summary: 'Seals a recording with a key, so that "intellimap verify" tells whether it was changed.',
  options: { key: { type: 'string' }, 'new-key': { type: 'string' }, json: { type: 'boolean' } },
  help: [
    { usage: '[run]', text: 'id of a run, or a unique beginning of one (the latest by default)' },
    { usage: '--key <key.pem>', text: 'private key (Ed25519) to sign with' },
    { usage: '--new-key <file>', text: 'makes such a key, and a public one beside it (.pub.pem)' },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const print = (answer: object, text: string): void =>
      out.print(values['json'] ? JSON.stringify(answer) : text);
    if (typeof values['new-key'] === 'string') {
      const made = writeNewKey(resolve(cwd, values['new-key']));
      print(made, `private key  ${made.key}\npublic key   ${made.publicKey}`);
      return ExitCode.OK;
    }
    const key = values['key'];
    if (typeof key !== 'string')
      throw new Fault(
        ExitCode.USAGE,
        'sign takes --key <key.pem>',
        'make one: intellimap sign --new-key <file>',
      );
    const root = findRoot(cwd);
    const file = await sealRun({ cwd, out }, root, positionals[0], resolve(cwd, key));
    print({ seal: file }, `sealed  ${relative(cwd, file)}`);
    return ExitCode.OK;
  },
};
