/** Edges between groups, for the level of the system. Pure. */
import { groupedBy, addTo } from '../base/groups.ts';
import type { EdgeColumns, GroupEdges } from './picture.ts';
import type { Box } from './place.ts';
import { route } from './routes.ts';

/** Calls and imports of all modules between groups, the strongest first. Strength is that of the strongest edge in it. */
export function groupEdges(edges: EdgeColumns, group: Uint32Array, boxes: readonly Box[]): GroupEdges {
  const places = Array.from(edges.src, (_, at) => at).filter((at) => group[edges.src[at]] !== group[edges.dst[at]]);
  const pairs = groupedBy(places, (at) => `${group[edges.src[at]]} ${group[edges.dst[at]]}`);
  const all = [...pairs.values()]
    .map((at) => ({
      src: group[edges.src[at[0]]],
      dst: group[edges.dst[at[0]]],
      calls: at.reduce((sum, each) => sum + edges.calls[each], 0),
      strength: at.reduce((most, each) => Math.max(most, edges.strength[each]), 0),
    }))
    .toSorted((a, b) => b.strength - a.strength || a.src - b.src || a.dst - b.dst);
  const isNext = neighbours(boxes);
  return {
    src: Uint32Array.from(all, ({ src }) => src),
    dst: Uint32Array.from(all, ({ dst }) => dst),
    calls: Float64Array.from(all, ({ calls }) => calls),
    strength: Float32Array.from(all, ({ strength }) => strength),
    curve: Float32Array.from(
      all.flatMap(({ src, dst }) => route(boxes[src], boxes[dst], isNext(src, dst)).flat()),
    ),
  };
} // prettier-ignore

/** Whether two groups stand directly above each other in a column. */
function neighbours(boxes: readonly Box[]): (a: number, b: number) => boolean {
  const columns = new Map<number, number[]>();
  boxes.forEach(({ x }, at) => addTo(columns, x, at));
  const place = new Map<number, number>();
  for (const column of columns.values())
    column.toSorted((a, b) => boxes[a].y - boxes[b].y).forEach((group, at) => place.set(group, at));
  return (a, b) => boxes[a].x === boxes[b].x && Math.abs(place.get(a)! - place.get(b)!) === 1;
}
