/** `intellimap report --html`: one page, written whole or not at all. I/O. */
import { relative, resolve } from 'node:path';
import { findRoot } from '../../../record/workspace.ts';
import type { Session } from '../../../query/index.ts';
import { writeWhole } from '../../gate/baseline-files.ts';
import { version } from '../../help.ts';
import type { Report } from '../render.ts';
import { pageFacts } from './gather.ts';
import { reportPage } from './page.ts';

export interface PageWishes {
  file: string;
  /** `gate.json` of a gate; null: none. */
  gate: string | null;
  cwd: string;
  /** Every finding, however large the page gets. */
  all: boolean;
}

/** Larger pages open slowly, and CI systems refuse them. */
const LARGE_BYTES = 5e6;

/** @returns what to say: where it is, and how large */
export async function writePage(session: Session, report: Report, wishes: PageWishes): Promise<string> {
  const { cwd, all } = wishes;
  const gate = wishes.gate === null ? null : resolve(cwd, wishes.gate);
  const page = reportPage(await pageFacts(session, findRoot(cwd), report, gate, version()), all);
  const file = resolve(cwd, wishes.file);
  writeWhole(file, page);
  const bytes = Buffer.byteLength(page);
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const note =
    bytes > LARGE_BYTES
      ? ': browsers open it slowly, and CI systems may refuse it; without --all it is 2 MB at most'
      : '';
  return `${relative(cwd, file) || file} (${size}${note})`;
}
