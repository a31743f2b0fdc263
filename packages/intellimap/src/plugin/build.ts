/** What a bundler makes, as a folder that pages' recordings are read with: see `collect/build-folder.ts`. I/O: that folder. */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Bundled, ModuleLine, SiteTable } from '../base/recording.ts';
import { keepOutOfGit } from '../record/folder.ts';
import { buildsFolder } from '../collect/index.ts';

/** `about.json` of a build: what made it. */
export interface BuildFacts extends Bundled {
  intellimap: string;
}

export interface Build {
  readonly name: string;
  readonly token: string;
  readonly folder: string;
  /** Site ids that are taken: 1 … sites. */
  readonly sites: number;
  /** Of a file: its table, and where its ids begin. */
  add(key: string, table: SiteTable, line: Omit<Extract<ModuleLine, { t: 'load' }>, 't' | 'key'>): void;
  /** A file that was meant runs as it is: why. */
  skip(path: string, reason: string): void;
  tell(facts: BuildFacts): void;
}

/** Builds that no page has spoken of for so long are removed. */
const FORGOTTEN_MS = 30 * 24 * 3600 * 1000;

/** @param root the workspace @param kind `build`: modules do not say that they begin */
export function createBuild(root: string, kind: 'dev' | 'build'): Build {
  const name = `${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
  forgetBuilds(root, Date.now());
  const folder = join(buildsFolder(root), name);
  const token = randomBytes(24).toString('base64url');
  mkdirSync(join(folder, 'sites'), { recursive: true });
  keepOutOfGit(root);
  writeFileSync(join(folder, 'token'), `${token}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'kind'), `${kind}\n`);
  const modules = join(folder, 'modules.ndjson');
  writeFileSync(modules, '');
  const append = (line: ModuleLine): void => appendFileSync(modules, `${JSON.stringify(line)}\n`);
  let sites = 0;
  return {
    name,
    token,
    folder,
    get sites() {
      return sites;
    },
    add(key, table, line) {
      sites = Math.max(sites, line.base + line.count - 1);
      const file = join(folder, 'sites', `${key}.json`);
      if (!existsSync(file)) put(file, JSON.stringify(table));
      append({ t: 'load', key, ...line });
    },
    skip: (path, reason) => append({ t: 'skip', path, reason }),
    tell: (facts) => put(join(folder, 'about.json'), `${JSON.stringify(facts, null, 2)}\n`),
  };
}

/** Removes those that were made, and last used, long ago: runs keep what they need of them. @param now ms since the epoch */
export function forgetBuilds(root: string, now: number): void {
  const builds = buildsFolder(root);
  if (!existsSync(builds)) return;
  for (const name of readdirSync(builds)) {
    const folder = join(builds, name);
    try {
      // Collectors touch the token whenever a page of the build begins.
      const used = ['token', 'modules.ndjson'].map((file) => changedAt(join(folder, file)));
      if (now - Math.max(changedAt(folder), ...used) > FORGOTTEN_MS)
        rmSync(folder, { recursive: true, force: true });
    } catch {
      // It is somebody else's, or goes away meanwhile: another time.
    }
  }
}

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whole, or not at all. */
function put(file: string, text: string): void {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}
