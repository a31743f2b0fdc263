/** A figure before and now, both on one scale, with the band of earlier runs behind them. */
import { figure } from '../../../text/format.ts';
import type { Change } from './groups.ts';

export function Figures({ change: { before, now, usual, unit } }: { change: Change }) {
  if (before === null || now === null) return <span className="quiet">–</span>;
  const most = Math.max(before, now, usual?.high ?? 0);
  const share = (value: number): string => `${most === 0 ? 0 : (value / most) * 100}%`;
  const band = usual === null ? 'no earlier runs tell what is usual' : `usual: ${bandText(usual)}`;
  return (
    <span className="figures" title={`${figure(before)} → ${figure(now)} ${unit}; ${band}`}>
      <span className="figures-bars" aria-hidden>
        {usual !== null && (
          <span
            className="band"
            style={{ left: share(usual.low), width: `max(2px, ${share(usual.high - usual.low)})` }}
          />
        )}
        <span className="before" style={{ width: share(before) }} />
        <span className="now" style={{ width: share(now) }} />
      </span>
      <span>
        {figure(before)} → <b>{figure(now)}</b>
      </span>
    </span>
  );
}

export const bandText = ({ low, high, runs }: NonNullable<Change['usual']>): string =>
  `${low === high ? `always ${figure(low)}` : `${figure(low)} to ${figure(high)}`} in ${runs} runs before`;
