/** Errors by signature and place. */
import { type ErrorPlace, errors } from '../query/index.ts';
import { type Analysis, plural, verdict } from './analysis.ts';

/** More places than this are not listed one by one. */
const PLACES = 1000;

export const errorPlaces: Analysis<ErrorPlace> = {
  name: 'errors',
  async check(session) {
    return verdict(await errors(session, PLACES));
  },
  describe({ name, message, kind, count, path, line, function: around }) {
    const place =
      path === null
        ? 'at an unknown place'
        : `at ${path}${line === null ? '' : `:${line}`}${around === null ? '' : ` in ${around}`}`;
    return `${name}: ${message} (${kind}${count > 1 ? `, ${count} times` : ''}) ${place}`;
  },
  summarise(findings) {
    const count = findings.reduce((sum, finding) => sum + finding.count, 0);
    const uncaught = findings
      .filter(({ kind }) => kind === 'uncaught')
      .reduce((sum, finding) => sum + finding.count, 0);
    return `${plural(count, 'error')} at ${plural(findings.length, 'place')}, ${uncaught} uncaught`;
  },
};
