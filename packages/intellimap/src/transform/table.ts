/** Drafts of sites → the site table that is stored with a recording. */
import { createHash } from 'node:crypto';
import type { Site, SiteTable } from '../base/recording.ts';
import { RECORDING_VERSION } from '../base/recording.ts';
import type { Lines } from './2-analyze/lines.ts';
import type { Draft, Walk } from './3-rewrite/walk.ts';

export interface TableInput {
  path: string;
  /** The file's text, without anything a host put around it. */
  content: string;
  lines: Lines;
  lineCount: number;
  /** Characters of line 1 that are not part of the file. */
  wrapper: number;
}

export function tableOf(
  walk: Walk,
  input: TableInput,
  bodyHash: (start: number, end: number) => string,
): SiteTable {
  const position = positionIn(input);
  return {
    version: RECORDING_VERSION,
    path: input.path,
    contentHash: contentHash(input.content),
    lines: input.lineCount,
    sites: walk.sites.map((draft) => siteOf(draft, position, bodyHash)),
    imports: walk.imports.map(({ start, ...rest }) => ({ ...rest, line: input.lines.at(start).line })),
  };
}

export const contentHash = (content: string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);

type PositionOf = (offset: number) => { line: number; column: number };

function positionIn({ lines, wrapper }: TableInput): PositionOf {
  return (offset) => {
    const { line, column } = lines.at(offset);
    return { line, column: line === 1 ? Math.max(0, column - wrapper) : column };
  };
}

function siteOf(draft: Draft, position: PositionOf, bodyHash: (start: number, end: number) => string): Site {
  const start = position(draft.start);
  const end = position(draft.end);
  const site: Site = {
    id: draft.id,
    kind: draft.kind,
    name: draft.name,
    parent: draft.parent,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  if (draft.flags !== undefined) site.flags = draft.flags;
  if (draft.body) site.hash = bodyHash(draft.body[0], draft.body[1]);
  if (draft.specifier !== undefined) site.specifier = draft.specifier;
  if (draft.off !== undefined) site.off = draft.off;
  else if (draft.planned !== undefined) site.planned = draft.planned;
  return site;
}
