/**
 * The process that runs tests, plain or recorded: `node host.mjs <batch.json> <results.ndjson>`. It knows nothing of the
 * recorder. A line is written for each run as soon as it is over, so that the one that ends the process is known.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import vm from 'node:vm';
import { createExecutor } from './execute.mjs';
import { ownRealm } from './realm.mjs';

const [batchFile, resultsFile] = process.argv.slice(2);
const { folder, corpus, runs } = JSON.parse(readFileSync(batchFile, 'utf8'));
const write = (line) => appendFileSync(resultsFile, `${JSON.stringify(line)}\n`);

write({ pid: process.pid });
const own = { print: () => {}, script: (text) => new vm.Script(text) };
const execute = createExecutor({ folder, corpus }, own);
if (runs.some(({ mode }) => mode === 'import')) ownRealm({ ...own, print: (text) => own.print(text) });
for (const run of runs) write({ id: run.id, outcome: await execute(run) });
process.exit();
