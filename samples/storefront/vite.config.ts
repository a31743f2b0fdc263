import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the shop answers; `scripts/dev.mjs` starts one and says so. */
const shop = process.env.SHOP_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      // The shop has its routes at the top; pages ask for them below /api, in development and in production.
      '/api': { target: shop, rewrite: (path) => path.replace(/^\/api/, '') },
    },
  },
  build: { sourcemap: true },
});
