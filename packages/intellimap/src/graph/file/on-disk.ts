/** A program text as it lies on disk, read as Node would. I/O: that file, and what says of which kind it is. */
import { readFileSync } from 'node:fs';
import { languageOf } from '../../load/scope.ts';
import { goalOf } from '../files.ts';
import { SourceFile, type SourceOptions } from './source-file.ts';

export const sourceOptions = (path: string, absolute: string, text: string): SourceOptions => ({
  path,
  lang: languageOf(path) ?? 'js',
  goal: goalOf(absolute, text),
});

/**
 * @param path as ids name it
 * @throws SyntaxError, or what the file system says
 */
export function readSourceFile(absolute: string, path: string): SourceFile {
  const text = readFileSync(absolute, 'utf8');
  return new SourceFile(text, sourceOptions(path, absolute, text));
}
