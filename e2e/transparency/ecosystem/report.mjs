/** The table of outcomes: for the terminal, and for `docs/compatibility.md`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../../docs/compatibility.md', import.meta.url));
const [BEGIN, END] = ['<!-- ecosystem: begin -->', '<!-- ecosystem: end -->'];

const verdictOf = ({ problems }) => (problems.length === 0 ? 'same' : 'DIFFERENT');
const ratioOf = ({ ratio }) => `${ratio.toFixed(2)}×`;

/** @returns {string} one line of the terminal's table, and below it each difference */
export function line(result) {
  if (result.skipped) return `  skipped    ${result.project.name.padEnd(24)} ${result.skipped}`;
  if (result.unfit) return `  UNFIT      ${result.project.name.padEnd(24)} ${result.unfit.slice(0, 1500)}`;
  const tiers = Object.entries(result.tiers);
  const verdict = tiers.every(([, tier]) => tier.problems.length === 0) ? 'same' : 'DIFFERENT';
  const cells = tiers.map(([name, tier]) => `${name} ${ratioOf(tier)}`).join(', ');
  const calls = Math.max(...tiers.map(([, tier]) => tier.calls));
  const head = `  ${verdict.padEnd(9)}  ${result.project.name.padEnd(24)} ${result.size.padEnd(12)} ${(result.plainMs / 1000).toFixed(1)} s; ${cells}; ${calls.toLocaleString('en')} calls`;
  const notes = tiers.flatMap(([name, { problems }]) => problems.map((text) => `    ${name}: ${text}`));
  const left = new Set(tiers.flatMap(([, { leftAlone }]) => leftAlone));
  return [head, ...notes, ...[...left].map((text) => `    left alone: ${text}`)].join('\n');
}

/** Replaces the rows of these projects in docs/compatibility.md; the rest of the page is somebody's own words. */
export function writePage(results) {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : `# Compatibility\n\n${BEGIN}\n${END}\n`;
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
  const kept = [...before.slice(from, to).matchAll(/^\| (\w[\w-]*) \|.*$/gm)].filter(
    ([, name]) => name !== HEAD[0],
  );
  const rows = new Map(kept.map(([row, name]) => [name, row]));
  for (const result of results) if (!result.skipped) rows.set(result.project.name, rowOf(result));
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const table = [HEAD, HEAD.map(() => '---')].map((cells) => `| ${cells.join(' | ')} |`);
  const section = [BEGIN, ...table, ...sorted, ''].join('\n');
  writeFileSync(page, before.slice(0, from) + section + before.slice(to));
}

const HEAD = [
  'project',
  'covers',
  'versions',
  'Node',
  'output',
  'minimal',
  'time',
  'performance',
  'time',
  'calls',
];

function rowOf({ project, versions, size, tiers, unfit, node }) {
  const cells = [tiers.minimal, tiers.performance].flatMap((tier) =>
    tier ? [verdictOf(tier), ratioOf(tier)] : ['', ''],
  );
  const calls = tiers.performance ? tiers.performance.calls.toLocaleString('en') : unfit ? 'did not run' : '';
  const words = [project.name, project.covers.join(', '), versions.join(', '), node.replace('v', ''), size];
  return `| ${[...words, ...cells, calls].join(' | ')} |`;
}
