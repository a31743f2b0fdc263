// What is done has an order that the text does not show: the folder is made first.
import { mkdir, writeFile } from 'node:fs/promises';

export async function prepare(folder: string) {
  const made = await mkdir(folder, { recursive: true });
  const written = await writeFile(`${folder}/ready`, '');
  return { made, written };
}
