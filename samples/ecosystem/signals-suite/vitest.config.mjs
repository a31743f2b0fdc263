import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('src/index.ts', import.meta.url));
export default { resolve: { alias: { '@preact/signals-core': source } }, test: { include: ['test/*.test.tsx'] } };
