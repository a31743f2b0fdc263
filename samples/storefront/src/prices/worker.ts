import { plansFor } from './instalments.ts';
import type { Answer, Question } from './planner.ts';

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const answer: Answer = { id: data.id, plans: plansFor(data.priceCents) };
  self.postMessage(answer);
});
