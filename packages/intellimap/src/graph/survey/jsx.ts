/** What JSX refers to without saying so: compilers make calls of it, of a function that the file imports. */
import type { Visitor } from './facts.ts';

/** `React` unless something else is configured; others by what they are usually called. */
const FACTORIES = ['React', 'createElement', 'h', 'jsx', 'Fragment'];

export const calledByJsx: Visitor = (node, place, facts) => {
  for (const name of FACTORIES)
    facts.visit({ ...node, type: 'Identifier', name }, { ...place, hold: place.owner });
};
