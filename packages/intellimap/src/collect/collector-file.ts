/**
 * `.intellimap/collector.json`: where the collector of a workspace listens, and the token that programs bring with them. Made once: what was built or set up with
 * it goes on finding it. I/O: that file.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExitCode, Fault, unwritable } from '../base/fault.ts';
import { recordIn } from '../base/is-record.ts';

export interface CollectorFile {
  version: 1;
  port: number;
  token: string;
}

/** Below those that systems give away by themselves: Linux from 32768 on, others from 49152. */
const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];

export const collectorPath = (root: string): string => join(root, '.intellimap', 'collector.json');

/** @throws Fault when it cannot be read, or made */
export function collectorFile(root: string): CollectorFile {
  const file = collectorPath(root);
  const known = readText(file);
  if (known !== undefined) return parsed(known, file);
  const draft = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    keepOutOfGit(dirname(file));
    const made = { version: 1, port: randomInt(FIRST_PORT, LAST_PORT), token: newToken() };
    writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    // Whoever is first makes it: a link takes no name that is taken.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(error, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return parsed(readFileSync(file, 'utf8'), file);
}

/** As recordings are. */
function keepOutOfGit(folder: string): void {
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}

const newToken = (): string => randomBytes(24).toString('base64url');

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Fault(ExitCode.UNREADABLE, `cannot read ${file}: ${message}`);
  }
}

function parsed(text: string, file: string): CollectorFile {
  const { port, token } = recordIn(text) ?? {};
  const isPort = typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536;
  if (isPort && typeof token === 'string' && token.length >= 16) return { version: 1, port, token };
  throw new Fault(
    ExitCode.UNREADABLE,
    `${file} is damaged`,
    'Remove it, and a new one is made; pages have to be built again then.',
  );
}
