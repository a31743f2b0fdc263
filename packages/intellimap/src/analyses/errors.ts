/** Errors by signature and place. */
import { type ErrorPlace, errors } from '../query/index.ts';
import { type Analysis, type Finding, plural, verdict } from './analysis.ts';

/** More places than this are not listed one by one. */
const PLACES = 1000;

export interface ErrorFinding extends Finding {
  error: ErrorPlace;
}

export const errorPlaces: Analysis<ErrorFinding> = {
  name: 'errors',
  title: 'Errors',
  async check(session) {
    const places = await errors(session, PLACES);
    return verdict(
      places.map((error) => ({
        error,
        id: `errors:${error.id ?? error.path ?? ''}:${error.name}`,
        confidence: 'certain',
        place: error.path === null ? null : { path: error.path, line: error.line },
        evidence: [
          { run: session.run.id, table: 'errors', key: { name: error.name, message: error.message } },
        ],
      })),
    );
  },
  describe({ error: { name, message, kind, count, path, line, function: around } }) {
    const place =
      path === null
        ? 'at an unknown place'
        : `at ${path}${line === null ? '' : `:${line}`}${around === null ? '' : ` in ${around}`}`;
    return `${name}: ${message} (${kind}${count > 1 ? `, ${count} times` : ''}) ${place}`;
  },
  summarise(findings) {
    const count = findings.reduce((sum, { error }) => sum + error.count, 0);
    const uncaught = findings
      .filter(({ error }) => error.kind === 'uncaught')
      .reduce((sum, { error }) => sum + error.count, 0);
    return `${plural(count, 'error')} at ${plural(findings.length, 'place')}, ${uncaught} uncaught`;
  },
};
