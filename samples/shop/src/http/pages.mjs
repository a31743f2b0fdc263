import { join } from 'node:path';
import express from 'express';

/**
 * The pages of a storefront in front of the API, which moves to /api. Paths without a file are the
 * storefront's own: its router shows them.
 */
export function withPages(api, folder) {
  const app = express();
  app.disable('x-powered-by');
  app.use('/api', api);
  app.use(express.static(folder));
  app.get('/{*path}', (_req, res) => {
    res.sendFile(join(folder, 'index.html'));
  });
  return app;
}
