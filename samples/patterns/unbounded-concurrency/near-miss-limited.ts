// Eight at a time.
import pLimit from 'p-limit';
import { readFile } from 'node:fs/promises';

export async function sizes(files: string[]) {
  const limit = pLimit(8);
  return await Promise.all(files.map((file) => limit(async () => (await readFile(file)).length)));
}
