/** What `doctor --json` tells. */
import { count, list, object, type Shape, text, yesNo } from '../../base/shape.ts';
import type { Diagnosis } from '../commands/doctor.ts';

export const diagnosis: Shape<Diagnosis> = object<Diagnosis>({
  root: text('The workspace. Absolute.'),
  checks: list(
    object<Diagnosis['checks'][number]>({
      what: text(),
      ok: yesNo('false: recording does not work.'),
      note: text('What there is, or what is done without it.'),
    }),
  ),
  files: count('Files in scope.'),
  functions: count('Functions that would be instrumented.'),
  skipped: list(
    object<Diagnosis['skipped'][number]>({
      path: text('A file, or a file, line and name of a function.'),
      reason: text('Why it would be left alone.'),
    }),
  ),
});
