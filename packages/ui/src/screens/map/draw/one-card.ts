/** One card, whole: what is related to the chosen one is painted above the dimmed map. */
import { CELL } from '../../../../../intellimap/src/layout/sizes.ts';
import { State } from '../../../../../intellimap/src/layout/picture.ts';
import type { Frame } from '../../../scene/stage.ts';
import { STYLE, styleOf } from '../model/heat.ts';
import { isDead } from '../model/model.ts';
import { paintFrames, paintWords } from './cards.ts';
import { FADED, heatInk, ink, intoScreen, intoWorld, lineWidth } from './ink.ts';
import type { Shown } from './shown.ts';

export function paintCard(context: CanvasRenderingContext2D, shown: Shown, m: number, frame: Frame): void {
  const { model, metric } = shown;
  const { modules, functions } = model.facts;
  const { line2, error, added, removed, changed } = ink();
  const heat = heatInk();
  intoWorld(context, frame);
  paintFrames(context, model, [m], frame.view.kx);
  context.globalAlpha = isDead(model, m) ? FADED : 1;
  for (let f = modules.first[m]; f < modules.first[m] + modules.count[m]; f++) {
    const style = styleOf(model.facts, metric, f);
    const state = functions.state[f];
    const isBad = (functions.metrics.errors?.[f] ?? 0) > 0;
    const mark = isBad ? error : (state & State.ADDED) !== 0 ? added : (state & State.REMOVED) !== 0 ? removed : (state & State.CHANGED) !== 0 ? changed : null; // prettier-ignore
    const [x, y] = [model.cellX[f], model.cellY[f]];
    if (style !== STYLE.never && style !== STYLE.unknown) {
      context.fillStyle = heat[style];
      context.fillRect(x, y, CELL, CELL);
    }
    if (mark !== null || style === STYLE.never) {
      const width = lineWidth(mark === null ? 1 : 2, frame.view.kx);
      context.strokeStyle = mark ?? line2;
      context.lineWidth = width;
      context.strokeRect(x + width / 2, y + width / 2, CELL - width, CELL - width);
    }
  }
  context.globalAlpha = 1;
  intoScreen(context, frame);
  paintWords(context, shown, m, frame);
}
