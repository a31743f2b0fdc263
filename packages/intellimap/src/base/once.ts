/** What is asked for once, and given again from then on. Pure. */

interface Known<Key, Answer> {
  has(key: Key): boolean;
  get(key: Key): Answer | undefined;
  set(key: Key, answer: Answer): unknown;
  delete(key: Key): unknown;
}

/** A promise that fails is forgotten: who asks again may have better luck. */
export function once<Key, Answer>(known: Known<Key, Answer>, key: Key, find: () => Answer): Answer {
  if (!known.has(key)) {
    const answer = find();
    known.set(key, answer);
    if (answer instanceof Promise) answer.catch(() => known.delete(key));
  }
  return known.get(key) as Answer;
}
