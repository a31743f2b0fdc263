/** What is told of a place where a pattern is found. */
import type { Proof } from '../../base/proof.ts';

/** As analyses have it. */
export type Confidence = 'certain' | 'likely' | 'possible';

export interface PatternFinding {
  /** The same in every run, whatever lines moved: `pattern:<name>:<ast_node_id>`, with `~n` behind it for others of the same function. */
  id: string;
  pattern: string;
  kind: 'design' | 'anti';
  confidence: Confidence;
  severity: 1 | 2 | 3;
  place: { path: string; line: number };
  /** The function around it, as recordings know it; null: they know none. */
  function: { id: string; name: string } | null;
  /** Who plays which part: line and text, cut. */
  parts: { role: string; line: number; text: string }[];
  /** Files that take part, where it is about files. */
  paths: string[];
  /** In tests, too, things are found; they are told last. */
  inTest: boolean;
  text: string;
  /** What would confirm it. */
  confirmedWhen: string;
  proof: Omit<Proof, 'evidence'>;
  /** Rows that show it; empty: no run does. */
  evidence: Proof['evidence'];
}
