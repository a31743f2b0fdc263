// A folder of a hundred thousand pictures opens as many files.
import { readdir, readFile } from 'node:fs/promises';

export async function hashes(folder: string, hash: (data: Buffer) => string) {
  const names = await readdir(folder);
  return await Promise.all(
    names.map(async (name) => {
      const data = await readFile(`${folder}/${name}`);
      return [name, hash(data)];
    }),
  );
}
