/** The chosen finding: what it says, where, and the rows that show it. */
import { Clipboard, Map, Play, X } from 'lucide-react';
import { useCallback } from 'react';
import { type Command, useCommands } from '../../commands/registry.ts';
import { PlaceLink, placeText } from '../../parts/place.tsx';
import { Sure } from '../../parts/sure.tsx';
import { showOnMap, watch } from '../../state/moments.ts';
import { useChosenText } from '../../state/chosen-text.ts';
import { useRunLine } from '../../state/run.ts';
import { choose } from '../../state/selection.ts';
import { copy } from '../../text/copy.ts';
import { toQuery } from '../query/options.ts';
import { evidenceSql } from './evidence.ts';
import { OPTION } from './options.ts';
import { type Described, placeOf, type Shape } from './shapes/shape.tsx';

const SAYS = {
  certain: 'the recording shows it itself',
  likely: 'it follows from what was recorded and what the source says',
  possible: 'something that was not recorded could explain it otherwise',
};

const close = (): void => choose({ [OPTION.finding]: null }, { replace: true });
const CLOSE: readonly Command[] = [
  { id: 'reports.close', title: 'Close the finding', group: 'Reports', keys: ['Escape'], run: close },
];

function findingText({ finding: { confidence, place }, text }: Described): string {
  const where = place === null ? '' : `\n${placeText(place)}`;
  return `${text}.\n${confidence}: ${SAYS[confidence]}${where}`;
}

export function Detail({ row, shape }: { row: Described; shape: Shape }) {
  const { finding, text } = row;
  const place = (shape.placeOf ?? placeOf)(row);
  useChosenText(useCallback(() => ({ what: 'the finding', text: findingText(row) }), [row]));
  useCommands(CLOSE);
  const hasPlace = finding.place !== null || place.t != null;
  return (
    <aside className="detail" aria-label="The chosen finding">
      <header>
        <Sure of={finding.confidence} />
        <span className="spread" />
        <button aria-label="Close" title="Close (Esc)" onClick={close}>
          <X size={15} aria-hidden />
        </button>
      </header>
      <p className="detail-text">{text}.</p>
      <p className="quiet">
        {finding.confidence}: {SAYS[finding.confidence]}
      </p>
      {finding.place !== null && (
        <p>
          <PlaceLink at={place} text={placeText(finding.place)} />
        </p>
      )}
      <div className="buttons">
        {hasPlace && (
          <button className="button small" onClick={() => watch(place)}>
            <Play size={12} aria-hidden /> Watch
          </button>
        )}
        {finding.place !== null && (
          <button className="button small" onClick={() => showOnMap(place)}>
            <Map size={12} aria-hidden /> Map
          </button>
        )}
        <button className="button small" onClick={() => void copy(findingText(row), 'the finding')}>
          <Clipboard size={12} aria-hidden /> Copy
        </button>
      </div>
      {shape.detail?.(row)}
      <Evidence row={row} />
    </aside>
  );
}

function Evidence({ row: { finding } }: { row: Described }) {
  const run = useRunLine();
  return (
    <>
      <h2>Rows that show it</h2>
      <ul className="places">
        {finding.evidence.map((each) => {
          const sql = evidenceSql(each, run?.id ?? '');
          const key = Object.entries(each.key).map(([name, value]) => `${name} ${value}`).join(', '); // prettier-ignore
          return (
            <li key={sql}>
              <button className="mono link" title={sql} onClick={() => toQuery(sql)}>
                {each.table}
              </button>
              <span className="quiet" title={key}>
                {key}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
