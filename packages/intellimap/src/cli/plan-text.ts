/** A plan in words. Pure. */
import { sum } from '../base/numbers.ts';
import { STRATEGIES } from '../base/strategy.ts';
import type { Foretold } from '../base/recording.ts';
import type { StaticFunction } from '../graph/index.ts';
import { counted, grouped, oneLine, percentage, tail, time } from './format.ts';
import type { PlanAnswer, PlanLine } from './plan-answer.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { wrapped } from './wrap.ts';

type Layout = Pick<Terminal, 'paint' | 'columns'>;

/** Functions that are shown one by one. */
const ROWS = 12;

export function planText(answer: PlanAnswer, { paint, columns }: Layout): string {
  const { functions, budget } = answer;
  const head = `${paint.bold(`plan: ${budget === null ? 'no limit' : `at most ${budget} %`}`)} of the program's own processor time, tier ${answer.tier}`;
  const rows = STRATEGIES.toReversed().flatMap((strategy) => {
    const those = functions.filter((each) => each.strategy === strategy);
    if (those.length === 0) return [];
    return [
      [
        strategy,
        grouped(those.length),
        shortCount(sum(those.map(({ perSecond }) => perSecond))),
        percentage(sum(those.map((each) => each.percent))),
      ],
    ];
  });
  const less = functions.filter(({ because }) => because === 'dear' || because === 'small');
  const shown = less
    .slice(0, ROWS)
    .map((each) => [
      each.strategy,
      shortCount(each.perSecond),
      percentage(each.wantedPercent),
      paint.cyan(oneLine(each.name, 30)),
      paint.dim(tail(`${each.path}${each.line === null ? '' : `:${each.line}`}`, Math.max(16, columns - 68))),
    ]);
  return [
    head,
    ...wrapped(source(answer), columns - 2).map((line) => `  ${line}`),
    '',
    table(rows, { head: ['strategy', 'functions', 'calls/s', 'cost'].map(paint.dim), right: [1, 2, 3] }),
    '',
    ...wrapped(`foretold: ${foretoldText(answer.foretold)}`, columns - 2).map((line) => `  ${line}`),
    ...followingText(answer, columns),
    ...tooMuch(answer, columns),
    ...beside(answer, columns),
    ...(shown.length === 0
      ? []
      : [
          '',
          paint.bold('Told less of'),
          table(shown, { head: ['', 'calls/s', 'told', '', ''].map(paint.dim), right: [1, 2] }),
        ]),
    ...(less.length > ROWS
      ? [paint.dim(`  … and ${counted(less.length - ROWS, 'function')} more (--json lists all)`)]
      : []),
  ].join('\n');
}

const GUESSED =
  'how often functions are called is guessed from loops and calls in the text, and may be wrong by a power of ten.';

function source({ from, passedOver }: PlanAnswer): string {
  if (from !== null) return `How often functions are called is known from run ${from}.`;
  if (passedOver === null)
    return `No run of this command is known: ${GUESSED} Record it once, and ask again.`;
  const { run, why, cpuMs } = passedOver;
  switch (why) {
    case 'short':
      return `Run ${run} took ${time(cpuMs ?? 0)} of processors, and what takes less than a second is mostly compilation: ${GUESSED} Record the command with more work to do.`;
    case 'sampled':
      return `Tasks were left out of run ${run}: ${GUESSED} Record the command once with all of them, and ask again.`;
    default:
      return `Run ${run} does not say what it took of the processors: ${GUESSED} Record the command once more, and ask again.`;
  }
}

export function foretoldText({ percent: middle, low, high, startMs, basis }: Foretold): string {
  const sure = {
    measured: 'what calls cost was measured of this command',
    counted: 'what calls cost in this program was not measured: --measure does',
    text: 'guessed from the text',
  };
  const start = startMs > 0 ? `, and ${time(startMs)} of processors to start` : '';
  return `${percentage(middle)} once it runs (${percentage(low)} to ${percentage(high)}; ${sure[basis]})${start}`;
}

/** What no choice changes may be more than the budget. */
function tooMuch({ budget, foretold }: PlanAnswer, columns: number): string[] {
  if (budget === null || foretold.percent <= budget) return [];
  const text =
    'The budget will not be kept: looking whether there is anything to write down takes more, however little is told.';
  return wrapped(text, columns - 2).map((line) => `  ${line}`);
}

const FOLLOWED_AS = {
  requests: 'requests that it serves (the tasks)',
  resources: 'requests that it makes',
  turns: 'who scheduled which callback',
};

/** Beside calls: what it takes, or would take. */
function followingText({ following }: PlanAnswer, columns: number): string[] {
  const said = (isOn: boolean): string =>
    following
      .filter((each) => each.isOn === isOn && each.perSecond > 0)
      .map(
        ({ what, perSecond, percent }) =>
          `${FOLLOWED_AS[what]} (${percentage(percent)}, ${shortCount(perSecond)}/s)`,
      )
      .join(', ');
  const lines = [
    ['followed', said(true)],
    ['not followed, as the budget has no room', said(false)],
  ].flatMap(([what, list]) => (list === '' ? [] : [`${what}: ${list}`]));
  return lines.flatMap((line) => wrapped(line, columns - 2).map((each) => `  ${each}`));
}

/** What was foretold of earlier runs, and what came. */
function beside({ measured, runs }: PlanAnswer, columns: number): string[] {
  const lines: string[] = [];
  if (measured !== null)
    lines.push(
      `measured: ${percentage(measured.percent)} (${percentage(measured.low)} to ${percentage(measured.high)}; ${counted(measured.rounds, 'pair')} of a plain and a recorded run, ${measured.budget === null ? 'no limit' : `budget ${measured.budget} %`}), foretold ${percentage(measured.foretold.percent)}; with its start ${percentage(measured.withStart)}`,
    );
  const [last] = runs;
  if (last !== undefined)
    lines.push(
      `run ${last.run}: foretold ${percentage(last.foretold)}${last.told === null ? '' : `, by its recorder ${percentage(last.told)} in the end`} (what the recorder tells is calibrated, not measured beside a plain run)`,
    );
  return lines.flatMap((line) => wrapped(line, columns - 2).map((each) => `  ${each}`));
}

/** Why a function has its strategy: a sentence, and what it rests on. */
export function explained(
  line: PlanLine,
  text: StaticFunction | undefined,
  answer: PlanAnswer,
  { paint, columns }: Layout,
): string {
  const place = `${line.path}${line.line === null ? '' : `:${line.line}`}`;
  return [
    `${paint.bold(oneLine(line.name, 60))}  ${line.strategy}  ${paint.dim(place)}`,
    ...wrapped(reason(line, answer), columns - 2).map((each) => `  ${each}`),
    ...(text === undefined
      ? []
      : wrapped(textFacts(text), columns - 2).map((each) => paint.dim(`  ${each}`))),
  ].join('\n');
}

/** What each strategy does with calls. */
const TOLD = {
  off: 'left out',
  minimal: 'counted',
  performance: 'told',
  state_only: 'told with what they write',
  full_trace: 'told with their values',
};

export function reason(
  { strategy, perSecond, percent: cost, wantedPercent, because }: PlanLine,
  { from, budget, functions }: PlanAnswer,
): string {
  const calls = `${from === null ? 'about ' : ''}${shortCount(perSecond)} calls in a second of the program's own time`;
  const most = functions.find((each) => each.because === 'fits')?.strategy;
  switch (because) {
    case 'uncalled':
      return `Its calls are ${TOLD[strategy]}: it was not called in run ${from ?? ''}, so there is nothing to save.`;
    case 'small':
      return `Its calls are only counted: it is short, calls nobody and is called in loops, so telling a call would take longer than the call (${calls}, guessed from the text).`;
    case 'fits':
      return `Its calls are ${TOLD[strategy]}: ${calls} cost ${percentage(cost)}${budget === null ? ', and there is no limit' : ', for which the budget has room'}.`;
    default:
      return `Its calls are ${TOLD[strategy]}: ${calls}. ${most === undefined || most === strategy ? 'More' : `To have them ${TOLD[most]}`} would cost ${percentage(wantedPercent)}, which does not fit into ${budget ?? 0} % beside what is called more rarely${strategy === 'off' ? '. Even counting them would not' : `; this costs ${percentage(cost)}`}.`;
  }
}

function textFacts({ facts, lines }: StaticFunction): string {
  const parts = [
    counted(lines, 'line'),
    facts.callSites === 0 ? 'calls nobody' : counted(facts.callSites, 'call'),
    facts.loops > 0 &&
      `${counted(facts.loops, 'loop')}${facts.loopDepth > 1 ? `, ${facts.loopDepth} deep` : ''}`,
    facts.awaits > 0 && counted(facts.awaits, 'await'),
    facts.writes > 0 && counted(facts.writes, 'write'),
    facts.repeated !== null && 'called for each element',
  ];
  return `its text: ${parts.filter(Boolean).join(', ')}`;
}

/** `1.2M`, `34k`, `5` */
function shortCount(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(value >= 1e7 ? 0 : 1)}M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)}k`;
  return grouped(value);
}
