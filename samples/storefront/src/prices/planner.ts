// Asks the worker, and tells its answers apart.

import type { Plan } from './instalments.ts';

export interface Question {
  id: number;
  priceCents: number;
}

export interface Answer {
  id: number;
  plans: Plan[];
}

const waiting = new Map<number, (plans: Plan[]) => void>();
let worker: Worker | undefined;
let lastId = 0;

export function planInstalments(priceCents: number): Promise<Plan[]> {
  worker ??= startWorker();
  const question: Question = { id: ++lastId, priceCents };
  return new Promise((resolve) => {
    waiting.set(question.id, resolve);
    worker!.postMessage(question);
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data.plans);
    waiting.delete(data.id);
  });
  return started;
}
