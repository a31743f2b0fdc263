import { Kind, KIND_NAMES, type KindName } from '../tree/kinds.ts';
import type { Visit } from './body.ts';

/** By `Kind`: what is listed, and for all others the same. */
export function visitsOf(listed: { readonly [Name in KindName]?: Visit }, other: Visit): readonly Visit[] {
  const visits = KIND_NAMES.map(() => other);
  for (const [name, visit] of Object.entries(listed)) visits[Kind[name as KindName]] = visit;
  return visits;
}
