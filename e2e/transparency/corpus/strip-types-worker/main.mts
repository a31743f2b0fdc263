import { Worker } from 'node:worker_threads';
const worker = new Worker(new URL('./worker.mts', import.meta.url));
worker.on('message', (m: unknown) => console.log(m));
worker.on('exit', (code: number) => console.log('exit', code));
await import('./enum.mts').catch((e: Error & { code?: string }) => console.log(e.name, e.code));
