// then without a second function, and without catch.
import { readFile } from 'node:fs/promises';

export function show(path: string, element: { textContent: string }) {
  readFile(path, 'utf8').then((text) => {
    element.textContent = text;
  });
}
