/** The chosen change: what it says, what is usual, and where to look. */
import { Clipboard, GitCompareArrows, Map, Play, X } from 'lucide-react';
import { PlaceLink } from '../../../parts/place.tsx';
import { Sure } from '../../../parts/sure.tsx';
import { choose } from '../../../state/selection.ts';
import { watchSlowest } from '../../../state/slowest.ts';
import { copy } from '../../../text/copy.ts';
import { show } from '../commands.ts';
import { OPTION } from '../options.ts';
import { bandText, Figures } from './figures.tsx';
import type { Change } from './groups.ts';

const SAYS: Readonly<Record<Change['confidence'], string>> = {
  certain: 'all earlier runs agree with the one before',
  likely: 'nothing that was recorded speaks against it',
  possible: 'few runs are known, or part of one is missing: it may be chance',
};
const BECAUSE: Readonly<Record<Change['because'], string>> = {
  code: 'A function that it concerns was written, removed or changed.',
  behaviour: 'The code that it concerns is the same in both runs: something else made it differ.',
};

export function Detail({ change, now, before }: { change: Change; now: string; before: string }) {
  const { subject, says, confidence, because, usual, path, line, function: id, unit } = change;
  return (
    <aside className="detail" aria-label="The chosen change">
      <header>
        <Sure of={confidence} />
        <span className="spread" />
        <button aria-label="Close" title="Close" onClick={() => choose({ [OPTION.change]: null }, { replace: true })}>
          <X size={15} aria-hidden />
        </button>
      </header>
      <p className="detail-text">
        <span className="mono">{subject}</span> {says}.
      </p>
      <p>
        <Figures change={change} /> <span className="quiet">{unit}</span>
      </p>
      <p className="quiet">
        {usual === null ? 'Earlier runs do not tell what is usual here.' : `Usual: ${bandText(usual)}.`}
      </p>
      <p>{BECAUSE[because]}</p>
      <p className="quiet">
        {confidence}: {SAYS[confidence]}
      </p>
      {path !== null && (
        <p>
          <PlaceLink at={{ path, line, ...(id !== null && { function: id }) }} />
        </p>
      )}
      <div className="buttons">
        {id !== null && (
          <>
            <button className="button small" onClick={() => show('tree')}>
              <GitCompareArrows size={12} aria-hidden /> In the tree
            </button>
            <button className="button small" onClick={() => void watchSlowest({ function: id }, { run: now, against: before })}>
              <Play size={12} aria-hidden /> Slowest call now
            </button>
          </>
        )}
        {id !== null && (
          <button className="button small" onClick={() => void watchSlowest({ function: id }, { run: before, against: now })}>
            <Play size={12} aria-hidden /> … and before
          </button>
        )}
        {path !== null && (
          <button className="button small" onClick={() => show('map')}>
            <Map size={12} aria-hidden /> On the map
          </button>
        )}
        <button className="button small" onClick={() => void copy(`${subject} ${says}.`, 'the change')}>
          <Clipboard size={12} aria-hidden /> Copy
        </button>
      </div>
    </aside>
  );
} // prettier-ignore
