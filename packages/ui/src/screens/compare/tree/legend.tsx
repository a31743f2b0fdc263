/** What the signs of the flame mean, and what it cannot tell; always there. */
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';
import { count } from '../../../text/format.ts';
import { paceOf, wordsOf } from './direction.ts';
import { amount, MEASURES } from './figures.ts';

export function Legend({ tree }: { tree: CompareTree }) {
  const { measure, source, left, totalNow, totalBefore } = tree;
  const pace = paceOf(tree);
  const isPaced = Math.abs(pace - 1) >= 0.05;
  return (
    <div className="tree-legend" aria-label="Legend">
      <span>
        <i className="swatch more" aria-hidden /> {wordsOf('more', measure)}
      </span>
      <span>
        <i className="swatch less" aria-hidden /> {wordsOf('less', measure)}
      </span>
      <span>
        <i className="swatch new" aria-hidden /> B only
      </span>
      <span>
        <i className="swatch gone" aria-hidden /> A only
      </span>
      <span>
        <i className="swatch same" aria-hidden /> about the same
      </span>
      <span className="quiet">pale: may be chance</span>
      <span className="quiet">width: the run in which it is more</span>
      <span className="quiet" title={SOURCES[source].meaning}>
        {SOURCES[source].title}
      </span>
      <span className="quiet" title={MEASURES[measure].meaning}>
        all: {amount(measure, totalBefore)} → {amount(measure, totalNow)}
      </span>
      {isPaced && (
        <span className="quiet" title="The middle of how many times as long own calls of functions took in B">
          set against the pace: B took {pace.toFixed(2)} times as long in all
        </span>
      )}
      {left > 0 && (
        <span
          className="quiet"
          title="What is too small to be seen; functions of one run only are all listed"
        >
          {count(left)} smaller paths are left out
        </span>
      )}
    </div>
  );
}

const SOURCES: Readonly<Record<CompareTree['source'], { title: string; meaning: string }>> = {
  calls: {
    title: 'from every single call',
    meaning: 'Every call of both runs has a row: figures of paths are exact',
  },
  pairs: {
    title: '~ shares',
    meaning:
      'Not every call of both runs has a row. Callers and callees are known by pairs: what a function with several callers does is shared out among them',
  },
};
