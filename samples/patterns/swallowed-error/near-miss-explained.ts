// It says why.
import { readFile } from 'node:fs/promises';

export async function lastPosition(path: string) {
  let text = '0';
  try {
    text = await readFile(path, 'utf8');
  } catch {
    // The first time there is no such file: it begins at the start.
  }
  return Number(text);
}
