/** Where functions stand around the one in the middle: callers left of it, callees right, as far as they are away. Pure. */
import { groupedBy } from '../../../../../intellimap/src/base/groups.ts';
import type { Neighbourhood } from '../../../../../intellimap/src/serve/contract.ts';

const ACROSS = 250;
const DOWN = 46;

/** px, by id. Within a column, functions stand near those that they are called by, or that call them. */
export function placesOf({ nodes, edges }: Neighbourhood): Map<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>();
  const byDistance = nodes.toSorted((a, b) => Math.abs(a.far) - Math.abs(b.far));
  for (const [far, column] of groupedBy(byDistance, (node) => node.far)) {
    const inner = far - Math.sign(far);
    const near = (id: string): number => {
      const ys = edges.flatMap(({ src, dst }) => {
        const other = src === id ? dst : dst === id ? src : undefined;
        const place = other === undefined ? undefined : places.get(other);
        return place !== undefined && place.x === inner * ACROSS ? [place.y] : [];
      });
      return ys.length === 0 ? 0 : ys.reduce((sum, y) => sum + y, 0) / ys.length;
    };
    const placed = column.map((node) => ({ node, y: near(node.id) })).toSorted((a, b) => a.y - b.y || b.node.calls - a.node.calls); // prettier-ignore
    placed.forEach(({ node }, n) => {
      places.set(node.id, { x: far * ACROSS, y: (n - (placed.length - 1) / 2) * DOWN });
    });
  }
  return places;
}
