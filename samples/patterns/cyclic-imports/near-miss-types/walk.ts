import type { Tree } from './tree.ts';

export const walk = (tree: Tree): Tree[] => [tree, ...tree.children.flatMap(walk)];
