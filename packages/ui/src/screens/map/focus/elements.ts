/** A neighbourhood as elements of the graph library. Pure. */
import type { ElementDefinition } from 'cytoscape';
import type { Neighbourhood } from '../../../../../intellimap/src/serve/contract.ts';
import { duration, middle, short } from '../../../text/format.ts';
import { placesOf } from './places.ts';

const LETTERS = 26;

export function elementsOf(near: Neighbourhood): ElementDefinition[] {
  const places = placesOf(near);
  const most = Math.max(1, ...near.edges.map(({ calls }) => calls));
  return [
    ...near.nodes.map((node): ElementDefinition => {
      const time = node.selfMs === null ? '' : ` · ${duration(node.selfMs * 1000)}`;
      const errors = node.errors > 0 ? ` · ! ${node.errors}` : '';
      return {
        group: 'nodes',
        data: { id: node.id, path: node.path, label: `${middle(node.name, LETTERS)}\n${short(node.calls)}×${time}${errors}` },
        position: places.get(node.id)!,
        classes: [node.far === 0 ? 'middle' : '', node.errors > 0 ? 'bad' : ''].filter(Boolean),
      };
    }),
    ...near.edges.map(
      ({ src, dst, calls }): ElementDefinition => ({
        group: 'edges',
        data: { id: `${src}\n${dst}`, source: src, target: dst, label: `${short(calls)}×`, width: 1 + 3 * (Math.log1p(calls) / Math.log1p(most)) },
      }),
    ),
  ];
} // prettier-ignore
