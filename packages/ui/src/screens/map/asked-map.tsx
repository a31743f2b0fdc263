/** A map that is asked for: words until it comes, and what went wrong. */
import { useMemo } from 'react';
import { unpacked } from '../../../../intellimap/src/base/packed.ts';
import { type Asked, useAnswer } from '../../api/ask.ts';
import { Failed, Notice, Waiting } from '../../parts/notice.tsx';
import { MapBody } from './body.tsx';
import { modelOf } from './model/model.ts';
import type { Compared } from './use-compared.ts';
import './map.css';

interface Props {
  by: Asked<'map'>;
  /** null: whether it compares is not decided here. */
  compared: Compared | null;
}

export function AskedMap({ by, compared }: Props) {
  const { data, error, refetch } = useAnswer('map', by);
  const model = useMemo(() => (data === undefined ? null : modelOf(unpacked(data))), [data]);
  const failed = error !== null && <Failed error={error} retry={() => void refetch()} />;
  if (model === null) return failed || <Waiting>Drawing the map</Waiting>;
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
      {failed && <div className="map-failed">{failed}</div>}
    </>
  );
}
