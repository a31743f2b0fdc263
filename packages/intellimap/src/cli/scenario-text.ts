/** What came of scenarios, for people. Pure. */
import type { ScenarioOutcome } from '../scenario/index.ts';
import { counted, oneLine } from './format.ts';
import { type Paint, printable } from './terminal.ts';

interface Answer {
  passed: number;
  failed: number;
  scenarios: readonly ScenarioOutcome[];
}

/** Lines of an error that are shown; the recording has it whole. */
const ERROR_LINES = 8;
const NAME_WIDTH = 48;

export function outcomeText({ name, run, result, ms, steps, error }: ScenarioOutcome, paint: Paint): string {
  const head = `${sign(result, paint)} ${paint.bold(printable(name))}  ${took(ms)}${run === null ? '' : paint.dim(`  run ${run}`)}`;
  const lines = steps.map((step) => {
    const shown = oneLine(printable(step.name), NAME_WIDTH).padEnd(NAME_WIDTH);
    return `    ${sign(step.result, paint)} ${shown} ${took(step.ms).padStart(9)}`;
  });
  const why = (error ?? '').split('\n').slice(0, ERROR_LINES);
  return [
    head,
    ...lines,
    ...why.filter((line) => line.trim() !== '').map((line) => `    ${paint.red(printable(line))}`),
  ].join('\n');
}

export function packText({ passed, failed, scenarios }: Answer, paint: Paint): string {
  const parts = [`${passed} passed`, ...(failed > 0 ? [paint.red(`${failed} failed`)] : [])];
  const run = scenarios.findLast((each) => each.run !== null)?.run;
  const next = run == null ? '' : `\nintellimap report ${run}   what the last of them did`;
  return `\n${counted(scenarios.length, 'scenario')}: ${parts.join(', ')}${next}`;
}

function sign(result: 'passed' | 'failed' | 'skipped', paint: Paint): string {
  if (result === 'passed') return paint.green('✓');
  return result === 'failed' ? paint.red('✗') : paint.dim('-');
}

const took = (ms: number): string => (ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
