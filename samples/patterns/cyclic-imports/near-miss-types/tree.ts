// Only a type leads back.
import { walk } from './walk.ts';

export interface Tree {
  children: Tree[];
}

export const size = (tree: Tree) => walk(tree).length;
