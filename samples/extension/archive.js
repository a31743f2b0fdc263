import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { defineStorage } from 'intellimap/extend';

/** One compressed file for each run, in a folder. */
export const archive = (name, folder) =>
  defineStorage({
    name,
    async put(run, from) {
      const files = {};
      for (const file of await readdir(from)) files[file] = await readFile(join(from, file), 'base64');
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${run.id}.json.gz`);
      await writeFile(`${path}.tmp`, await promisify(gzip)(JSON.stringify({ run, files })));
      await rename(`${path}.tmp`, path);
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      const kept = names.filter((each) => each.endsWith('.json.gz'));
      return await Promise.all(kept.map(async (each) => (await read(join(folder, each))).run));
    },
    async get(id, to) {
      const { files } = await read(join(folder, `${id}.json.gz`));
      for (const [file, text] of Object.entries(files)) await writeFile(join(to, file), text, 'base64');
    },
  });

const read = async (path) => JSON.parse(await promisify(gunzip)(await readFile(path)));
