/** Colours of lanes, as the theme has them. */
import { paletteOf } from '../../../scene/palette.ts';

const read = paletteOf({
  k1: '--k1',
  k2: '--k2',
  k3: '--k3',
  k4: '--k4',
  k5: '--k5',
  k6: '--k6',
  k7: '--k7',
  k8: '--k8',
  onBar: '--on-k',
  dim: '--bg-3',
  error: '--err',
  lane: '--bg-1',
  heading: '--bg-2',
  line: '--line',
  grid: '--line',
  line2: '--line-2',
  soft: '--tx-2',
  quiet: '--tx-3',
  faint: '--tx-3',
  text: '--tx-1',
  play: '--play',
  accent: '--accent',
  warn: '--warn',
});

export type LanesPalette = Omit<ReturnType<typeof read>, `k${number}`> & { lanes: readonly string[] };

let kept: { from: ReturnType<typeof read>; palette: LanesPalette } | null = null;

export function lanesPalette(): LanesPalette {
  const from = read();
  if (kept?.from !== from) {
    const { k1, k2, k3, k4, k5, k6, k7, k8, ...others } = from;
    kept = { from, palette: { ...others, lanes: [k1, k2, k3, k4, k5, k6, k7, k8] } };
  }
  return kept.palette;
}
