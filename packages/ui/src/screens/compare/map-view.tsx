/** The map in difference mode: what is new, gone or changed, where it stands. */
import { useMemo } from 'react';
import { unpacked } from '../../../../intellimap/src/base/packed.ts';
import { useAnswer } from '../../api/ask.ts';
import { Failed, Waiting } from '../../parts/notice.tsx';
import { MapBody } from '../map/body.tsx';
import { modelOf } from '../map/model/model.ts';
import '../map/map.css';

export function CompareMap(pair: { run: string; against: string }) {
  const { data, error, refetch } = useAnswer('map', pair);
  const model = useMemo(() => (data === undefined ? null : modelOf(unpacked(data))), [data]);
  if (model === null)
    return error === null ? (
      <Waiting>Drawing the map of both runs</Waiting>
    ) : (
      <Failed error={error} retry={() => void refetch()} />
    );
  return <MapBody model={model} compared={null} />;
}
