/** The map in difference mode: what is new, gone or changed, where it stands. */
import { useMemo } from 'react';
import { unpacked } from '../../../../intellimap/src/base/packed.ts';
import { useAnswer } from '../../api/ask.ts';
import { Failed, Waiting } from '../../parts/notice.tsx';
import { useRun } from '../../state/run.ts';
import { MapBody } from '../map/body.tsx';
import { modelOf } from '../map/model/model.ts';
import '../map/map.css';

export function CompareMap({ against }: { against: string }) {
  const { data, error, refetch } = useAnswer('map', { ...useRun(), against });
  const model = useMemo(() => (data === undefined ? null : modelOf(unpacked(data))), [data]);
  if (model === null)
    return error === null ? (
      <Waiting>Drawing the map of both runs</Waiting>
    ) : (
      <Failed error={error} retry={() => void refetch()} />
    );
  return <MapBody model={model} compared={null} />;
}
