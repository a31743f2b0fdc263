/** What a bundler makes, as a folder that pages' recordings are read with: see `collect/build-folder.ts`. I/O: that folder. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleLine, SiteTable } from '../base/recording.ts';

export interface Build {
  name: string;
  token: string;
  /** Site ids that are taken: 1 … sites. */
  sites: number;
  /** Of a file: its table, and where its ids begin. */
  add: (key: string, table: SiteTable, line: Omit<Extract<ModuleLine, { t: 'load' }>, 't' | 'key'>) => void;
}

/** @param folder `.intellimap` of the workspace @param kind `build`: modules do not say that they begin */
export function createBuild(folder: string, kind: 'dev' | 'build'): Build {
  const name = `${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
  const own = join(folder, 'builds', name);
  const token = randomBytes(24).toString('base64url');
  mkdirSync(join(own, 'sites'), { recursive: true });
  writeFileSync(join(own, 'token'), `${token}\n`, { mode: 0o600 });
  writeFileSync(join(own, 'kind'), `${kind}\n`);
  writeFileSync(join(own, 'modules.ndjson'), '');
  const build: Build = {
    name,
    token,
    sites: 0,
    add(key, table, line) {
      build.sites = Math.max(build.sites, line.base + line.count - 1);
      const file = join(own, 'sites', `${key}.json`);
      if (!existsSync(file)) writeFileSync(file, JSON.stringify(table));
      appendFileSync(join(own, 'modules.ndjson'), `${JSON.stringify({ t: 'load', key, ...line })}\n`);
    },
  };
  return build;
}
