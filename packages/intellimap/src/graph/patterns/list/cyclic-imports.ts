import { circles, importGraph } from '../facts/imports.ts';
import { overProject } from '../match.ts';
import { pattern } from '../pattern.ts';

export const cyclicImports = pattern({
  name: 'cyclic-imports',
  kind: 'anti',
  what: 'Files import each other in a circle',
  why: 'Which of them runs first depends on who is asked for first: the others find what they import undefined, and none can be understood, tested or moved alone',
  todo: 'move what both need into a file of its own, or hand it over when it is needed',
  severity: 1,
  confidence: 'certain',
  match: overProject(
    [
      'files that lead to each other',
      'by imports that are made when they load: no import(), no require within a function',
      'of values: what only types are used of is gone when it runs',
    ],
    (project) => {
      const graph = importGraph(project);
      return circles(graph).map(({ files, group }) => {
        const [file, next] = [files[0], files[1]];
        const node = graph.get(file)!.get(next)!;
        return { file, node, roles: { import: node }, paths: files.map(({ path }) => path), group };
      });
    },
  ),
  proof: { fact: 'loaded' },
  told: ({ paths, group }) =>
    `${paths.length === 2 ? 'and the file it imports' : `and ${paths.length - 1} more files`} import each other: ${[...paths, paths[0]].join(' → ')}${(group ?? 0) > paths.length ? ` (${group} files are tied together)` : ''}`,
});
