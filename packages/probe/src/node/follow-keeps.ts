/**
 * The program itself may say that what has just happened is worth keeping, without depending on us and without effect when it is not recorded:
 *
 *     diagnostics_channel.channel('intellimap:keep').publish({ reason: 'the till does not add up' })
 */
import diagnostics from 'node:diagnostics_channel';

const CHANNEL = 'intellimap:keep';
/** Longer reasons are cut. */
const MAX_REASON = 200;

export function followKeeps(keep: (reason: string) => void): void {
  diagnostics.subscribe(CHANNEL, (message) => {
    const reason = (message as { reason?: unknown } | null | undefined)?.reason;
    keep(typeof reason === 'string' ? reason.slice(0, MAX_REASON) : 'asked for by the program');
  });
}
