// A command has nobody to keep waiting.
import { readFileSync, writeFileSync } from 'node:fs';

export function run(args: string[]) {
  const [from, to] = args;
  writeFileSync(to!, readFileSync(from!, 'utf8').toUpperCase());
}
