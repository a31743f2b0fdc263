// node bench/start.mjs [--node <binary>] [--runs N]: what recording adds to the start of short processes. Each program runs plain
// and recorded by turns, every time a fresh process; `run` is the whole command, recorder and summary included.
// Build first (npm run build). The last line is JSON: medians in ms; `over_plain` = recorded - plain.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, rounded } from './_figures.mjs';
import { recordedBy } from './_recorded.mjs';

const { values } = parseArgs({
  options: { node: { type: 'string' }, runs: { type: 'string', default: '15' } },
});
const node = values.node ?? process.execPath;
const cli = fileURLToPath(new URL('../packages/intellimap/dist/command/main.js', import.meta.url));

const body = (at) =>
  `function f${at}(n) { return n + ${at}; }\nfunction g${at}(list) { return list.map((each) => f${at}(each)); }\n`;
const many = Array.from({ length: 50 }, (_, at) => at);

/** Files of a program; `main` is run. */
const programs = {
  one: { main: 'main.cjs', 'main.cjs': `${body(0)}g0([1, 2]);` },
  'one esm': { main: 'main.mjs', 'main.mjs': `${body(0)}g0([1, 2]);` },
  'fifty files': {
    main: 'main.cjs',
    'main.cjs': many.map((at) => `require('./f${at}.cjs')([1]);`).join('\n'),
    ...Object.fromEntries(many.map((at) => [`f${at}.cjs`, `${body(at)}module.exports = g${at};`])),
  },
  'fifty esm': {
    main: 'main.mjs',
    'main.mjs': many.map((at) => `import f${at} from './f${at}.mjs'; f${at}([1]);`).join('\n'),
    ...Object.fromEntries(many.map((at) => [`f${at}.mjs`, `${body(at)}export default g${at};`])),
  },
  'out of scope': { main: 'node_modules/tool/main.js', 'node_modules/tool/main.js': body(0) },
};

const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'intellimap-bench-'));
const results = {};
try {
  for (const [name, { main, ...files }] of Object.entries(programs)) {
    const cwd = path.join(folder, name.replaceAll(' ', '-'));
    for (const [file, text] of Object.entries({ ...files, 'package.json': '{"private":true}' })) {
      fs.mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
      fs.writeFileSync(path.join(cwd, file), text);
    }
    const recording = recordedBy(path.join(cwd, '.intellimap', 'runs', 'bench'), cwd, 'performance');
    const ways = {
      plain: () => timed(cwd, [main]),
      recorded: () => timed(cwd, [main], recording),
      run: () => timed(cwd, [cli, 'run', '--', node, main]),
    };
    const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
    for (let run = 0; run < Number(values.runs) + 1; run += 1)
      for (const [way, start] of Object.entries(ways)) {
        const ms = start();
        // The first one fills caches.
        if (run > 0) times[way].push(ms);
      }
    const [plain, recorded, whole] = Object.values(times).map((each) => rounded(median(each), 1));
    results[name] = { plain, recorded, over_plain: rounded(recorded - plain, 1), run: whole };
    console.log(`${name.padEnd(14)} plain ${plain} ms, recorded ${recorded} ms, run ${whole} ms`);
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
console.log(
  JSON.stringify({ node: spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim(), ...results }),
);

function timed(cwd, args, env = {}) {
  const start = performance.now();
  const { status, stderr } = spawnSync(node, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const ms = performance.now() - start;
  if (status !== 0 || (env.INTELLIMAP_RUN && stderr !== ''))
    throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  return ms;
}
