// The function around the handler reads it, once.
import { readFileSync } from 'node:fs';

export function pages(folder: string) {
  const index = readFileSync(`${folder}/index.html`);
  return (req: unknown, res: { end(data: Buffer): void }) => {
    res.end(index);
  };
}
