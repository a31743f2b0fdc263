import { readConfig } from './config.mjs';
import { startServer } from './server.mjs';

let stopping = false;
const starting = startServer(readConfig());

// Listened for before the start is over, so that a shop stopped early cleans up as well.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);

const { url } = await starting;
console.log(`shop listening on ${url}`);

/** Sets no exit code: when all is closed, nothing keeps the process alive and it ends with 0. */
async function stop() {
  // A terminal and npm may both pass on the same Ctrl-C.
  if (stopping) return;
  stopping = true;
  const server = await starting;
  await server.stop();
}
