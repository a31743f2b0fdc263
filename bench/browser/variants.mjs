// The same application, built in four ways, each served by Vite's preview server.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import react from '@vitejs/plugin-react';
import istanbul from 'vite-plugin-istanbul';
import intellimap from '../../packages/intellimap/dist/plugin/vite.js';

const otel = fileURLToPath(new URL('otel.mjs', import.meta.url));

/** The entry imports the SDK before anything else of the application. */
const withTelemetry = {
  name: 'telemetry',
  transform: (code, id) =>
    id.endsWith('/src/main.tsx') ? `import ${JSON.stringify(otel)};\n${code}` : undefined,
  configurePreviewServer({ middlewares }) {
    middlewares.use('/v1/traces', (request, response) => {
      request
        .resume()
        .on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
    });
  },
};

export const VARIANTS = {
  plain: { says: 'plain', plugins: () => [] },
  intellimap: { says: 'IntelliMap, default tier', plugins: () => [intellimap({ build: true })] },
  istanbul: {
    says: 'istanbul counters (vite-plugin-istanbul)',
    plugins: (root) => [
      istanbul({ cwd: root, include: 'src/*', extension: ['.ts', '.tsx'], forceBuildInstrument: true }),
    ],
  },
  otel: { says: 'OpenTelemetry web SDK', plugins: () => [withTelemetry] },
};

/**
 * @param {string} name of the variant
 * @param {string} root of the application
 * @param {Record<string, string>} proxy path → where it is answered
 * @returns {Promise<{ url: string, close: () => Promise<void>, output: string }>}
 */
export async function serve(name, root, proxy) {
  const output = path.join(root, `dist-${name}`);
  const options = {
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), ...VARIANTS[name].plugins(root)],
    build: { outDir: output, emptyOutDir: true, sourcemap: false, reportCompressedSize: false },
    resolve: { dedupe: ['react', 'react-dom'] },
  };
  await build(options);
  const server = await preview({
    ...options,
    preview: {
      host: '127.0.0.1',
      port: 0,
      proxy: Object.fromEntries(
        Object.entries(proxy).map(([at, target]) => [at, { target, rewrite: (url) => url.slice(at.length) }]),
      ),
    },
  });
  const { port } = server.httpServer.address();
  return { url: `http://127.0.0.1:${port}/`, output, close: () => server.close() };
}
