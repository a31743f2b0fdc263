/** Drift: what was before and what is now, side by side. */
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { figure, growth } from '../../../text/format.ts';
import { column, PLACE, type Shape, spare, SURE } from './shape.tsx';

type Change = Findings.DriftFinding['change'];

const SIGNS: Partial<Record<Change['what'], string>> = {
  added: '+',
  removed: '−',
  more: '▲',
  fewer: '▼',
  slower: '▲',
  faster: '▼',
};

/** Both on one scale. */
function BeforeAfter({ change: { before, now, unit } }: { change: Change }) {
  if (before === null || now === null) return <span className="quiet">–</span>;
  const most = Math.max(before, now);
  return (
    <span className="before-after" title={`${before} → ${now} ${unit}`}>
      <span className="pair" aria-hidden>
        <span className="before" style={{ width: `${most === 0 ? 0 : (before / most) * 100}%` }} />
        <span className="now" style={{ width: `${most === 0 ? 0 : (now / most) * 100}%` }} />
      </span>
      {figure(before)} → <b>{figure(now)}</b>
    </span>
  );
}

export const drift: Shape = {
  columns: [
    column<Findings.DriftFinding>('what', 'What', '120px', ({ change }) => <span className={`drift ${change.what}`}>{SIGNS[change.what] ?? '≠'} {change.kind} {change.what}</span>, ({ change }) => change.kind), // prettier-ignore
    column<Findings.DriftFinding>('subject', 'Of', 'minmax(200px, 1fr)', ({ change }) => <span className="mono" title={change.subject}>{change.subject}</span>, ({ change }) => change.subject), // prettier-ignore
    column<Findings.DriftFinding>('figures', 'Before → now', '240px', ({ change }) => <BeforeAfter change={change} />, ({ change }) => growth(change)), // prettier-ignore
    spare(column<Findings.DriftFinding>('unit', 'Unit', '130px', ({ change }) => <span className="quiet">{change.unit}</span>)), // prettier-ignore
    spare(column<Findings.DriftFinding>('because', 'Because of', '90px', ({ change }) => change.because, ({ change }) => change.because)), // prettier-ignore
    SURE,
    PLACE,
  ],
};
