// node bench/map.mjs <workspace> [--svg <file>] [--run <id>] [--compare <id>] [--metric self] [--theme dark|light] [--kept <file>]
//
// What the map of a recorded workspace costs to ask for and to lay out, in ms of processors. The last line is JSON. With --svg, it is drawn, to be
// looked at: what the layout is worth shows in pictures of real programs. With --kept, the plan is read from a file and written back, as that of a
// workspace is.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { timed } from './_figures.mjs';

const COLOURS = {
  dark: {
    bg: '#0d1017', card: '#12161f', line2: '#343e51', tx: '#e7ebf3', dim: '#8792a8', hot: '#ff5a2e', err: '#ff4d6d', added: '#2dd4bf',
    removed: '#c084fc', heat: ['#2a3242', '#4b3d42', '#854a3c', '#c2612f', '#f08c34', '#ffc75f'],
  },
  light: {
    bg: '#f5f6f9', card: '#ffffff', line2: '#c7cfdb', tx: '#161b26', dim: '#626d80', hot: '#d9400f', err: '#d3263a', added: '#0b7268',
    removed: '#8b3fd1', heat: ['#e6e9ef', '#f7e2d0', '#f1bd90', '#e58f4a', '#c6571d', '#8f270b'],
  },
}; // prettier-ignore
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    run: { type: 'string' },
    compare: { type: 'string' },
    metric: { type: 'string' },
    theme: { type: 'string', default: 'dark' },
    kept: { type: 'string' },
    svg: { type: 'string' },
    'no-text': { type: 'boolean' },
  },
});
const { openSession, mapFacts } = await import('../packages/intellimap/dist/query/index.js');
const { cellAt, CELL, heatOf, layOut, State } = await import('../packages/intellimap/dist/layout/index.js');
const { surveyWorkspace } = await import('../packages/intellimap/dist/graph/index.js');

const [root] = positionals;
if (root === undefined)
  throw new Error('name a workspace that holds a recording: npm run bench -- map <workspace>');
const sources = options['no-text'] ? undefined : async (known) => surveyWorkspace(root, known);
const session = await openSession(root, { run: options.run, sources });
await mapFacts(session, options.compare);
const asked = await timed(() => mapFacts(session, options.compare));
session.close();
const facts = asked.result;
const kept =
  options.kept && fs.existsSync(options.kept) ? JSON.parse(fs.readFileSync(options.kept, 'utf8')) : null;
const laidOut = await timed(async () => layOut(facts, kept));
const { layout, plan } = laidOut.result;
if (options.kept) fs.writeFileSync(options.kept, JSON.stringify(plan));
if (options.svg) fs.writeFileSync(options.svg, svg());
console.log(
  JSON.stringify({
    modules: facts.modules.path.length,
    functions: facts.functions.id.length,
    edges: facts.edges.src.length,
    groups: layout.groups.name.length,
    columns: plan.columns.length,
    width: layout.width,
    height: layout.height,
    askedMs: asked.cpu,
    laidOutMs: laidOut.cpu,
  }),
);

function svg() {
  const metric = options.metric ?? (facts.heat.self ? 'self' : 'calls');
  const colour = COLOURS[options.theme];
  const [margin, { width, height }] = [30, layout];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * margin}" height="${height + 2 * margin}" viewBox="${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}" font-family="Inter, system-ui, sans-serif">
<rect x="${-margin}" y="${-margin}" width="100%" height="100%" fill="${colour.bg}"/>
${edges(colour)}
${layout.groups.name.map((name, at) => text(layout.groups.x[at], layout.groups.y[at] + 14, 12, colour.dim, name)).join('\n')}
${facts.modules.path.map((_, at) => card(at, metric, colour)).join('\n')}
</svg>
`;
}

function edges(colour) {
  const { edge, curve } = layout.routes;
  const lines = [...edge].map((at, n) => {
    const [x1, y1, ...rest] = curve.subarray(8 * n, 8 * n + 8);
    const strength = facts.edges.strength[at];
    const style = facts.edges.hot[at]
      ? `stroke="${colour.hot}" stroke-width="${3 + 4 * strength}"`
      : facts.edges.change[at] === 1
        ? `stroke="${colour.added}" stroke-width="2"`
        : facts.edges.change[at] === 2
          ? `stroke="${colour.removed}" stroke-width="1.5" stroke-dasharray="1 4"`
          : facts.edges.kind[at] === 2
            ? `stroke="${colour.dim}" stroke-width="1" stroke-dasharray="5 4" opacity="0.7"`
            : `stroke="${colour.line2}" stroke-width="${0.7 + 2 * strength}" opacity="${0.45 + 0.5 * strength}"`;
    return `<path d="M${x1} ${y1}C${rest.join(' ')}" fill="none" ${style}/>`;
  });
  // Strong ones on top.
  return lines.toReversed().join('\n');
}

function card(at, metric, colour) {
  const { modules, functions, heat } = facts;
  const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((side) => layout.cards[side][at]);
  const isDead = (modules.state[at] & (State.RAN | State.UNKNOWN)) === 0;
  const errors = modules.metrics.errors?.[at] || 0;
  const cells = Array.from({ length: modules.count[at] }, (_, n) => {
    const f = modules.first[at] + n;
    const place = cellAt(n, layout.cards.perRow[at]);
    const step = heat[metric] === undefined ? 0 : heatOf(functions.metrics[metric][f], heat[metric]);
    const ran = (functions.state[f] & State.RAN) !== 0;
    const fill = ran ? colour.heat[Math.max(1, step)] : 'none';
    const stroke = (functions.metrics.errors?.[f] || 0) > 0 ? colour.err : ran ? 'none' : colour.line2;
    return `<rect x="${x + place.x}" y="${y + place.y}" width="${CELL}" height="${CELL}" rx="1.5" fill="${fill}" stroke="${stroke}"/>`;
  });
  const frame = errors > 0 ? colour.err : colour.line2;
  const badge =
    errors > 0
      ? `<rect x="${x + w - 30}" y="${y - 8}" width="38" height="17" rx="8" fill="${colour.err}"/>${text(x + w - 24, y + 4.5, 11, '#fff', `! ${errors}`)}`
      : '';
  const title = layout.cards.title[at];
  const room = Math.floor((w - 18) / 6.6);
  const shown =
    title.length <= room
      ? title
      : `${title.slice(0, Math.ceil(room / 2) - 1)}…${title.slice(-Math.floor(room / 2))}`;
  return `<g><title>${escaped(modules.path[at])}</title>
<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" fill="${colour.card}" stroke="${frame}" ${isDead ? 'stroke-dasharray="3 3"' : ''}/>
<g ${isDead ? 'opacity="0.42"' : ''}>${text(x + 9, y + 16, 12, colour.tx, shown, 600)}${cells.join('')}</g>${badge}</g>`;
}

function text(x, y, size, fill, words, weight = 500) {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(words)}</text>`;
}

function escaped(words) {
  return words.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
