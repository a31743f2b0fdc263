// Of errors, with four parameters; next is called later.
import { report } from './report.ts';

export function onError(err: Error, req: any, res: any, next: (err?: Error) => void) {
  report(err, req.url).then(() => next(err), next);
}
