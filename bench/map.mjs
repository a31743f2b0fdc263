// node bench/map.mjs <workspace> [--svg <file>] [--run <id>] [--compare <id>] [--metric self] [--kept <file>]
//
// What the map of a recorded workspace costs to ask for and to lay out, in ms of processors. The last line is JSON. With --svg, it is drawn as
// the report draws it, to be looked at: what the layout is worth shows in pictures of real programs. With --kept, the plan is read from a file and written back, as that of a
// workspace is.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { timed } from './_figures.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    run: { type: 'string' },
    compare: { type: 'string' },
    metric: { type: 'string' },
    kept: { type: 'string' },
    svg: { type: 'string' },
    'no-text': { type: 'boolean' },
  },
});
const { openSession, mapFacts } = await import('../packages/intellimap/dist/query/index.js');
const { layOut } = await import('../packages/intellimap/dist/layout/index.js');
const { mapSvg } = await import('../packages/intellimap/dist/cli/report/html/map-svg.js');
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
const metric = options.metric ?? (facts.heat.self ? 'self' : 'calls');
if (options.svg) fs.writeFileSync(options.svg, mapSvg({ facts, layout }, metric).text);
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
