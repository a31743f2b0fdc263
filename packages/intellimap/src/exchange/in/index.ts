/** All formats that can be imported, besides Parquet, which the database reads itself. A new one is a file here and a line in each list below. */
import type { ImportFormat } from '../../base/recording.ts';
import { ExitCode, Fault } from '../../base/fault.ts';
import { importCpuProfiles } from './cpuprofile.ts';
import { importLcov } from './lcov.ts';
import { importOtlp } from './otlp.ts';
import type { ImportFile, TextImport } from './rows.ts';
import { importV8Coverage } from './v8-coverage.ts';

export type TextImportFormat = Exclude<ImportFormat, 'parquet'>;

export const TEXT_IMPORTS: Record<TextImportFormat, TextImport> = {
  cpuprofile: importCpuProfiles,
  'v8-coverage': importV8Coverage,
  lcov: importLcov,
  otlp: importOtlp,
};

/** What is in a text of a format, and hardly in one of others. Texts may be large, so the beginning decides where it can. */
const SIGNS: Record<TextImportFormat, (text: string) => boolean> = {
  cpuprofile: (text) =>
    isObject(text) && /"nodes"\s*:\s*\[/.test(text) && /"(?:samples|timeDeltas)"\s*:/.test(text),
  'v8-coverage': (text) =>
    isObject(text) &&
    /"result"\s*:\s*\[/.test(text) &&
    /"functions"\s*:\s*\[|"result"\s*:\s*\[\s*\]/.test(text),
  otlp: (text) => isObject(text) && /"resourceSpans"\s*:\s*\[/.test(text),
  lcov: (text) => /^(?:TN|SF):/m.test(text.slice(0, 4096)) && !isObject(text),
};

const isObject = (text: string): boolean => /^\s*\{/.test(text);

/**
 * Which format all of the files have.
 * @throws Fault (USAGE) when that is none, or more than one
 */
export function formatOf(files: readonly ImportFile[]): TextImportFormat {
  const formats = new Set<TextImportFormat>();
  for (const { name, text } of files) {
    const found = (Object.keys(SIGNS) as TextImportFormat[]).filter((format) => SIGNS[format](text));
    if (found.length === 0) throw unclear(`${name} is of no format that is known`);
    if (found.length > 1) throw unclear(`${name} may be ${found.join(' or ')}`);
    formats.add(found[0]);
  }
  const [format, ...others] = formats;
  if (others.length > 0) throw unclear(`the files are of different formats: ${[...formats].join(', ')}`);
  return format;
}

const unclear = (problem: string): Fault =>
  new Fault(
    ExitCode.USAGE,
    problem,
    `Say which one it is: --format ${[...Object.keys(TEXT_IMPORTS), 'parquet'].join(' | ')}`,
  );

export { parseManifest } from './parquet.ts';
export { type ImportFile, type ImportResult, type ImportRows } from './rows.ts';
export { Sources } from './sources.ts';
export { functionOf as functionOfSpan } from './otlp.ts';
export { Attribution } from '../attribute.ts';
