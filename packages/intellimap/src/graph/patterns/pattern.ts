/** What a pattern is: one small file of `list/`, and a line in its index. */
import type { Confidence } from './finding.ts';
import type { Fact } from '../../base/proof.ts';
import type { NodeMatch, ProjectMatch, Roles } from './match.ts';
import type { Project } from './project.ts';
import type { Source } from './source.ts';

export interface Pattern {
  /** For programs, and for `--explain`: `swallowed-error`. */
  readonly name: string;
  readonly kind: 'design' | 'anti';
  /** One sentence without its final stop. */
  readonly what: string;
  readonly why: string;
  /** What to do about it; of a design pattern: what to mind. */
  readonly todo: string;
  /** What it may cost, 3: an outage or wrong data, 2: slow or hard to find out, 1: to be known. */
  readonly severity: 1 | 2 | 3;
  /** Without any run. */
  readonly confidence: Confidence;
  readonly match: NodeMatch | ProjectMatch;
  /** Behind "confirmed when": which recorded fact shows it, and of whom. */
  readonly proof: ProofSource;
  /** For people: what was found, behind the name of the function. */
  readonly told: (found: Found) => string;
}

export interface ProofSource {
  readonly fact: Fact;
  /** Roles whose bodies it is about; by default the function around the match. */
  readonly of?: readonly string[];
  /** Role of the call in question. */
  readonly call?: string;
}

export interface Found {
  readonly pattern: Pattern;
  readonly file: Source;
  readonly node: number;
  readonly roles: Roles;
  /** Files that take part, where it is about files. */
  readonly paths: readonly string[];
  /** Of how many files these are a part; absent: it is not about files. */
  readonly group?: number;
  readonly project: Project;
}

export const pattern = (it: Pattern): Pattern => it;
