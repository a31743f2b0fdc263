/** Functions that call one another, as one line; and what a time is made of, as bars. */
import { Fragment } from 'react';
import { percent } from '../../../text/format.ts';
import { ms } from './shape.tsx';

/** The ends of a long chain tell most. */
const SHOWN = [1, 3] as const;

export function Chain({ of }: { of: readonly { name: string; path?: string; line?: number }[] }) {
  const [head, tail] = SHOWN;
  const left = of.length - head - tail;
  const shown = left > 1 ? [...of.slice(0, head), null, ...of.slice(-tail)] : of;
  return (
    <span className="chain mono" title={of.map(({ name }) => name).join(' → ')}>
      {shown.map((each, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={at}>
          {at > 0 && <span className="quiet"> → </span>}
          {each === null ? <span className="quiet">{left} more</span> : each.name}
        </Fragment>
      ))}
    </span>
  );
}

/** Parts of a time, the greatest first; those that are nothing are left out. They may overlap, and need not add up. */
export function Parts({ of, all }: { of: readonly (readonly [string, number])[]; all: number }) {
  const parts = of.filter(([, part]) => part > 0).toSorted(([, a], [, b]) => b - a);
  return (
    <ul className="parts">
      {parts.map(([name, part]) => (
        <li key={name}>
          <span className="parts-bar" style={{ width: `${Math.min(100, (part / all) * 100)}%` }} />
          <span className="mono">{name}</span>
          <span>
            {ms(part)} · {percent(part / all)}
          </span>
        </li>
      ))}
    </ul>
  );
}
