/** Commits that changed a file, newest first, children before their parents. I/O: runs `git`. */
import { pieces } from './git.ts';

export interface Commit {
  id: string;
  /** The next older commits that changed the file: of a merge, those of each side. */
  parents: string[];
  /** When its author wrote it, in ms since the epoch. */
  at: number;
  author: string;
  subject: string;
}

/** @param path relative to `folder` */
export async function* logOf(folder: string, from: string, path: string): AsyncGenerator<Commit> {
  const format = ['%H', '%P', '%at', '%aN', '%s'].join('%x1f');
  const args = [
    'log',
    '-z',
    '--topo-order',
    '--parents',
    '--no-color',
    `--format=${format}`,
    from,
    '--',
    path,
  ];
  for await (const line of pieces(folder, args)) {
    const [id, parents, at, author, subject] = line.split('\u001F');
    yield {
      id: id.trim(),
      parents: parents.split(' ').filter(Boolean),
      at: Number(at) * 1000,
      author,
      subject,
    };
  }
}
