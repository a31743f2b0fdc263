/** How the graph looks, in the colours of the present theme. */
import type { StylesheetJson } from 'cytoscape';
import { ink } from '../draw/ink.ts';

export function styleOf(): StylesheetJson {
  const { card, line2, text, text2, text3, accent, error } = ink();
  const label = { 'font-family': 'Inter Variable, system-ui, sans-serif', 'font-size': 11, color: text };
  return [
    {
      selector: 'node',
      style: {
        ...label,
        shape: 'round-rectangle',
        width: 184,
        height: 36,
        'background-color': card,
        'border-color': line2,
        'border-width': 1.2,
        label: 'data(label)',
        'text-wrap': 'wrap',
        'text-valign': 'center',
        'text-halign': 'center',
        'line-height': 1.25,
      },
    },
    { selector: 'node.middle', style: { 'border-color': accent, 'border-width': 2.5 } },
    { selector: 'node.bad', style: { 'border-color': error, 'border-width': 2 } },
    {
      selector: 'edge',
      style: {
        ...label,
        color: text3,
        width: 'data(width)',
        'line-color': line2,
        'target-arrow-color': text3,
        'target-arrow-shape': 'triangle',
        'curve-style': 'bezier',
        'source-endpoint': 'outside-to-node-or-label',
      },
    },
    {
      selector: 'edge.out',
      style: { 'line-color': accent, 'target-arrow-color': accent, label: 'data(label)' },
    },
    {
      selector: 'edge.in',
      style: { 'line-color': text2, 'target-arrow-color': text2, label: 'data(label)' },
    },
    { selector: '.dimmed', style: { opacity: 0.15 } },
  ];
}
