/** Which run is meant by an id, or by a unique beginning of one. Pure. */
import { ExitCode, Fault } from './fault.ts';

/** Ids that a refusal lists. */
const SHOWN = 5;

/**
 * @param ids newest first
 * @param wanted the newest run when undefined
 * @throws Fault (NOT_FOUND) when there is none or more than one
 */
export function runNamed(ids: readonly string[], wanted: string | undefined): string {
  if (wanted !== undefined && ids.includes(wanted)) return wanted;
  const found = ids.filter((id) => id.startsWith(wanted ?? ''));
  if (found.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      wanted === undefined ? 'there is no recording yet' : `there is no run "${wanted}"`,
      ids.length > 0 ? 'intellimap runs lists them' : 'Make one: npx intellimap run -- <command>',
    );
  if (wanted !== undefined && found.length > 1)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `"${wanted}" could be any of ${found.length} runs: ${found.slice(0, SHOWN).join(', ')}`,
      'Give more of the id.',
    );
  return found[0];
}
