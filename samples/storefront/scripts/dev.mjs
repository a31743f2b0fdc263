// node scripts/dev.mjs [--config <file>] [--port <n>]
// Development: a shop, and in front of it Vite, which passes on what pages ask the shop for.

import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { startShop } from '../../shop/load/shop-process.mjs';

const { values } = parseArgs({ options: { config: { type: 'string' }, port: { type: 'string' } } });

const shop = await startShop([]);
process.env.SHOP_URL = shop.url;
const vite = await createServer({
  configFile: values.config,
  server: { port: Number(values.port ?? 5173), strictPort: values.port !== undefined },
});
await vite.listen();
const { port } = vite.httpServer.address();
console.log(`storefront on http://localhost:${port}`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);

async function stop() {
  // A terminal and npm may both pass on the same Ctrl-C.
  if (stopping) return;
  stopping = true;
  await vite.close();
  await shop.stop();
}
