/** JUnit's XML, as CI systems read it: a suite for each gate, a failed case for each finding. Pure. */
import { markup } from '../../base/markup.ts';
import type { GateFinding, GateReport, GateResult } from '../report.ts';

export function junit(report: GateReport): string {
  const suites = report.gates.map(suite);
  const total = (what: 'tests' | 'failures' | 'errors' | 'skipped'): number =>
    suites.reduce((sum, each) => sum + each[what], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="intellimap gate" tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}" skipped="${total('skipped')}">`,
    ...suites.map(({ text }) => text),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  text: string;
}

function suite({ gate, verdict, says, findings }: GateResult): Suite {
  const counts = {
    tests: Math.max(1, findings.length),
    failures: findings.length,
    errors: verdict === 'unsure' ? 1 : 0,
    skipped: verdict === 'off' ? 1 : 0,
  };
  const attributes = Object.entries(counts).map(([name, count]) => `${name}="${count}"`);
  const cases =
    findings.length > 0
      ? findings.map(failed)
      : [`    <testcase classname="intellimap.${gate}" name="${gate}">${inside(verdict, says)}</testcase>`];
  const text = [
    `  <testsuite name="${gate}" ${attributes.join(' ')}>`,
    ...cases,
    `    <system-out>${markup(says)}</system-out>`,
    '  </testsuite>',
  ].join('\n');
  return { ...counts, text };
}

function inside(verdict: GateResult['verdict'], says: string): string {
  if (verdict === 'unsure')
    return `<error type="unsure" message="${markup(`could not be judged: ${says}`)}"/>`;
  return verdict === 'off' ? '<skipped/>' : '';
}

function failed({ id, gate, message, place, causes }: GateFinding): string {
  const where = place === null ? '' : ` file="${markup(place.path)}" line="${place.line ?? 1}"`;
  const details = causes.map(({ name, path, line, growth, unit }) =>
    markup(`${name} (${path}:${line}) ${growth.toFixed(2)} ${unit}`),
  );
  return (
    `    <testcase classname="intellimap.${gate}" name="${markup(id)}"${where}>` +
    `<failure type="${gate}" message="${markup(message)}">${details.join('\n')}</failure></testcase>`
  );
}
