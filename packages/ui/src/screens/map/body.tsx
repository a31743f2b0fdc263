/** The map with all that stands around it. */
import { lazy, Suspense, useCallback, useRef } from 'react';
import { Waiting } from '../../parts/notice.tsx';
import { choose, useSelection } from '../../state/selection.ts';
import { useChosenText } from '../../state/chosen-text.ts';
import { MapCanvas } from './canvas.tsx';
import { useMapCommands } from './commands.ts';
import type { MapDrawing } from './drawing.ts';
import { OPTION } from './model/items.ts';
import type { MapModel } from './model/model.ts';
import { cardText } from './model/card-text.ts';
import { Inspector } from './parts/inspector.tsx';
import { Legend } from './parts/legend.tsx';
import { MapTable } from './parts/map-table.tsx';
import { Toolbar } from './parts/toolbar.tsx';
import { COMPARE, type Compared } from './use-compared.ts';
import { useShown } from './use-shown.ts';

const Focus = lazy(() => import('./focus/index.tsx'));

interface Props {
  model: MapModel;
  /** null: whether it compares is not decided here. */
  compared: Compared | null;
}

export function MapBody({ model, compared }: Props) {
  const told = useShown(model);
  const drawing = useRef<MapDrawing | null>(null);
  const view = useSelection(({ options }) => options[OPTION.view]);
  const hasInspector = useSelection(({ options }) => options['inspector'] !== 'off');
  const isOn = compared?.isOn === true;
  const compare = useCallback(() => choose({ [COMPARE]: isOn ? null : '1', [OPTION.over]: null }), [isOn]);
  useMapCommands({ model, open: told.open, drawing, compare: compared?.other ? compare : null });
  useChosenText(
    useCallback(
      () => (told.chosen === null ? null : { what: 'the card', text: cardText(model, told.chosen) }),
      [model, told.chosen],
    ),
  );
  return (
    <div className={hasInspector ? 'map' : 'map without-inspector'}>
      <h1 className="aside">Map</h1>
      <Toolbar model={model} level={told.level} metric={told.metric} compared={compared} />
      {view === 'table' ? (
        <div className="map-canvas panel">
          <MapTable told={told} />
        </div>
      ) : view === 'focus' ? (
        <div className="map-canvas">
          <Suspense fallback={<Waiting>Loading the graph</Waiting>}>
            <Focus />
          </Suspense>
        </div>
      ) : (
        <MapCanvas told={told} drawing={drawing} />
      )}
      <Legend model={model} metric={told.metric} level={told.level} />
      {hasInspector && <Inspector told={told} />}
    </div>
  );
}
