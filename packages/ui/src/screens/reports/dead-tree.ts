/** Dead code by folder: what could be removed, and how many lines that is. Pure. */
import type { Findings } from '../../../../intellimap/src/serve/contract.ts';

export interface TreeRow {
  /** Path of a folder, or id of a finding. */
  key: string;
  label: string;
  depth: number;
  /** null: a folder */
  finding: Findings.DeadCodeFinding | null;
  text: string;
  lines: number;
  /** Of `lines`: those that are most likely dead. */
  sure: number;
  functions: number;
  isOpen: boolean;
}

interface Folder {
  path: string;
  folders: Map<string, Folder>;
  rows: Described[];
}

interface Described {
  finding: Findings.DeadCodeFinding;
  text: string;
}

/** Folders by their lines, the most first; those with one folder and nothing else are one row with it. */
export function treeOf(all: readonly Described[], closed: ReadonlySet<string>): TreeRow[] {
  const root: Folder = { path: '', folders: new Map(), rows: [] };
  for (const each of all) {
    const { path, kind } = each.finding;
    // A function stands below its file, a file below its folder.
    const parts = kind === 'file' ? path.split('/').slice(0, -1) : path.split('/');
    let folder = root;
    for (const part of parts) {
      const at = folder.path === '' ? part : `${folder.path}/${part}`;
      if (!folder.folders.has(part)) folder.folders.set(part, { path: at, folders: new Map(), rows: [] });
      folder = folder.folders.get(part)!;
    }
    folder.rows.push(each);
  }
  return rowsOf(root, -1, '', closed);
}

function rowsOf(folder: Folder, depth: number, above: string, closed: ReadonlySet<string>): TreeRow[] {
  const [only] = folder.folders.values();
  if (folder.path !== '' && folder.rows.length === 0 && folder.folders.size === 1)
    return rowsOf(only, depth, above, closed);
  const isOpen = !closed.has(folder.path);
  const below = (): TreeRow[] => [
    ...[...folder.folders.values()]
      .toSorted((a, b) => linesOf(b) - linesOf(a))
      .flatMap((each) => rowsOf(each, depth + 1, folder.path, closed)),
    ...folder.rows.map((each) => leaf(each, depth + 1)),
  ];
  if (folder.path === '') return below();
  const within = everything(folder);
  const head: TreeRow = {
    key: folder.path,
    label: folder.path.slice(above === '' ? 0 : above.length + 1),
    depth,
    finding: null,
    text: '',
    lines: linesOf(folder),
    sure: within.reduce((sum, { finding }) => sum + (isSure(finding) ? finding.lines : 0), 0),
    functions: within.reduce((sum, { finding }) => sum + finding.functions.length, 0),
    isOpen,
  };
  return isOpen ? [head, ...below()] : [head];
}

const leaf = ({ finding, text }: Described, depth: number): TreeRow => ({
  key: finding.id,
  label: finding.kind === 'file' ? finding.path.slice(finding.path.lastIndexOf('/') + 1) : finding.name,
  depth,
  finding,
  text,
  lines: finding.lines,
  sure: isSure(finding) ? finding.lines : 0,
  functions: finding.functions.length,
  isOpen: true,
});

const isSure = ({ confidence }: Findings.Finding): boolean => confidence !== 'possible';
const everything = (folder: Folder): Described[] => [
  ...folder.rows,
  ...[...folder.folders.values()].flatMap(everything),
];
const linesOf = (folder: Folder): number =>
  everything(folder).reduce((sum, { finding }) => sum + finding.lines, 0);
