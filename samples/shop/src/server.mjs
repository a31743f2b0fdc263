// The shop behind a port.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { openShop } from './shop.mjs';

/** Longer than load balancers and clients keep idle connections, so that they close them and not we. */
const KEEP_ALIVE_MS = 65_000;

export async function startServer(config) {
  const shop = await openShop(config);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, shop.app);
  try {
    server.listen(config.port, config.host);
    await once(server, 'listening');
  } catch (error) {
    await shop.close();
    throw error;
  }

  return {
    url: `http://${config.host}:${server.address().port}`,
    async stop() {
      await stopListening(server, config.shutdownGraceMs);
      await shop.close();
    },
  };
}

/** Lets requests under way end; connections without one are closed at once. */
async function stopListening(server, graceMs) {
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  const closed = once(server, 'close');
  server.close();
  await closed;
  clearTimeout(cutOff);
}
