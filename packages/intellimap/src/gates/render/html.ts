/** One page that needs nothing beside itself: no script, no request, light and dark, on screen and on paper. Pure. */
import { createHash } from 'node:crypto';
import { markup } from '../../base/markup.ts';
import type { BuildHead, Figure, GateFinding, GateReport, GateResult, Verdict } from '../report.ts';
import { growthText, ms, percent, plain } from '../words.ts';
import { STYLE } from './style.ts';

const WORDS: Record<Verdict, string> = {
  pass: 'passed',
  fail: 'failed',
  unsure: 'could not be judged',
  off: 'not asked',
};
const DESIGNS: Record<GateReport['design'], string> = {
  together: 'pairs of runs at the same time, on one processor',
  'in turn': 'pairs of runs, one after the other, in an order that chance decided',
  apart: 'runs made at other times',
};

export function html(report: GateReport): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>intellimap gate: ${WORDS[report.verdict]}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1><span class="mark ${report.verdict}">${WORDS[report.verdict]}</span> intellimap gate</h1>
<table class="builds"><tbody>
${build('this build', report.candidate)}
${build('baseline', report.baseline)}
</tbody></table>
<p class="quiet">${markup(DESIGNS[report.design])} · intellimap ${markup(report.intellimap)} · ${markup(report.id)}</p>
</header>
<main>
${report.gates.map(gateSection).join('\n')}
${figures(report.figures)}
</main>
</body>
</html>
`;
}

function build(what: string, { name, commit, dirty, node, platform, runs, command }: BuildHead): string {
  const git = commit === null ? 'no commit' : `${commit.slice(0, 12)}${dirty ? ' with changes' : ''}`;
  return `<tr><th scope="row">${what}</th><td><b>${markup(name)}</b> ${markup(git)}<br><code>${markup(command.join(' '))}</code></td><td>${runs.length} run${runs.length === 1 ? '' : 's'}<br>${markup(`${node}, ${platform}`)}</td></tr>`;
}

function gateSection({ gate, verdict, says, findings, notes }: GateResult): string {
  return `<section>
<h2><span class="mark ${verdict}">${WORDS[verdict]}</span> ${gate}</h2>
<p>${markup(says)}.</p>
${findings.map(findingArticle).join('\n')}
${notes.length === 0 ? '' : `<ul class="quiet">${notes.map((note) => `<li>${markup(note)}</li>`).join('')}</ul>`}
</section>`;
}

function findingArticle({ message, place, causes, p }: GateFinding): string {
  const where = place === null ? '' : ` <code>${markup(placeText(place.path, place.line))}</code>`;
  const chance = p === null ? '' : ` <span class="quiet">p = ${p.toPrecision(2)}</span>`;
  const rows = causes.map(
    ({ name, path, line, growth, unit, share, changed }) =>
      `<tr><td>${markup(name)}</td><td><code>${markup(placeText(path, line))}</code></td><td class="number">+${unit === 'ms' ? ms(growth) : plain(growth)}</td>` +
      `<td class="number"><span class="bar"><svg width="60" height="8" aria-hidden="true"><rect width="${Math.max(1, Math.round(60 * share))}" height="8" rx="2"/></svg></span> ${Math.round(100 * share)} %</td><td>${changed === null ? '' : 'changed'}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<table><thead><tr><th scope="col">function</th><th scope="col">place</th><th scope="col" class="number">${causes[0].unit === 'ms' ? 'own time in a run' : 'calls in a run'}</th><th scope="col" class="number">share of the growth</th><th scope="col">source</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return `<article><p><b>${markup(message)}.</b>${where}${chance}</p>${table}</article>`;
}

function figures(all: readonly Figure[]): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ name, baseline, candidate, growth, interval: [low, high], resolution }) =>
      `<tr><td>${markup(name)}</td><td class="number">${ms(baseline)}</td><td class="number">${ms(candidate)}</td><td class="number">${growthText(growth)}</td>` +
      `<td class="number">${low === null || high === null ? 'not known' : `${growthText(low)} to ${growthText(high)}`}</td><td class="number">${resolution === null ? 'none' : percent(resolution)}</td></tr>`,
  );
  return `<section><h2>Times that were compared</h2>
<table><thead><tr><th scope="col">what</th><th scope="col" class="number">baseline</th><th scope="col" class="number">this build</th><th scope="col" class="number">growth</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">would be found from</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

const placeText = (path: string, line: number | null): string => (line === null ? path : `${path}:${line}`);
