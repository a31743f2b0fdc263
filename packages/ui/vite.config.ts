import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Built into the published package; relative paths, so that a page works wherever it is served from. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: '../intellimap/dist/ui',
    emptyOutDir: true,
    target: 'es2023',
    // The page may load nothing but files of its own: no data: addresses, which its policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
