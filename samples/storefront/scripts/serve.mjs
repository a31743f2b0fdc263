// Production: the shop serves what `npm run build` made.

import { fileURLToPath } from 'node:url';

process.env.SHOP_PAGES ??= fileURLToPath(new URL('../dist', import.meta.url));
await import('../../shop/src/main.mjs');
