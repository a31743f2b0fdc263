/** What can be done with the chosen file or function. */
import { Play } from 'lucide-react';
import { toggle } from '../../../state/selection.ts';
import { playSlowest, toLines } from '../actions.ts';
import { type Item, OPTION } from '../model/items.ts';
import type { MapModel } from '../model/model.ts';

export function Buttons({ model, item }: { model: MapModel; item: Item }) {
  return (
    <div className="map-buttons">
      <button className="button main" onClick={() => void playSlowest(model)}>
        <Play size={13} aria-hidden /> Play slowest call
      </button>
      <button className="button" onClick={() => toLines(model, item)}>
        Open source
      </button>
      {item.kind === 'function' && (
        <button
          className="button"
          title="Who calls it, and what it calls (N)"
          onClick={() => toggle(OPTION.view, 'focus')}
        >
          Neighbourhood
        </button>
      )}
    </div>
  );
}
