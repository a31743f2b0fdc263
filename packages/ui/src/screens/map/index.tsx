/** The map: this is the system, this is where the time goes, this is broken, this is dead. */
import { useMemo } from 'react';
import { unpacked } from '../../../../intellimap/src/base/packed.ts';
import { useAnswer } from '../../api/ask.ts';
import { Failed, Notice, Waiting } from '../../parts/notice.tsx';
import { useSelection } from '../../state/selection.ts';
import { useRun } from '../../state/run.ts';
import { MapBody } from './body.tsx';
import { OPTION } from './model/items.ts';
import { modelOf } from './model/model.ts';
import { useCompared } from './use-compared.ts';
import './map.css';

const overOf = (text: string | undefined): 'command' | 'all' | null =>
  text === 'command' || text === 'all' ? text : null;

export default function MapScreen() {
  const run = useRun();
  const compared = useCompared();
  const against = compared.isOn && compared.other !== null ? { against: compared.other.id } : {};
  const over = useSelection(({ options }) => overOf(options[OPTION.over]));
  // One that is compared stands for itself.
  const together = compared.isOn || over === null ? {} : { over };
  const { data, error, refetch } = useAnswer('map', { ...run, ...against, ...together });
  const model = useMemo(() => (data === undefined ? null : modelOf(unpacked(data))), [data]);
  if (model === null)
    return error === null ? (
      <Waiting>Drawing the map</Waiting>
    ) : (
      <Failed error={error} retry={() => void refetch()} />
    );
  if (model.facts.modules.path.length === 0)
    return (
      <Notice title="There is nothing on the map: this run loaded no file that is recorded">
        Files of the workspace are recorded, those of packages are not, unless <code>--include</code> names
        them. <code>intellimap doctor</code> says what would be.
      </Notice>
    );
  return (
    <>
      <MapBody model={model} compared={compared} />
      {error !== null && (
        <div className="map-failed">
          <Failed error={error} retry={() => void refetch()} />
        </div>
      )}
    </>
  );
}
