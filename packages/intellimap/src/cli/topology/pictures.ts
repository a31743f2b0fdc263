/**
 * The topology as a picture: Mermaid (a flowchart) and DOT. Pure. Names come from texts of strangers: ids are numbers, and names stand between quotes, with all
 * that could end them, or that a renderer would take for markup or a link, written as entities (Mermaid) or escaped (DOT).
 */
import type { SeenNode, TopologyAnswer } from './joined.ts';

/** Characters of a name. */
const LONGEST = 60;
const SHAPES: Partial<Record<SeenNode['kind'], readonly [string, string, string]>> = {
  program: ['[[', ']]', 'box3d'],
  process: ['[[', ']]', 'box3d'],
  worker: ['[[', ']]', 'component'],
  pool: ['[[', ']]', 'component'],
  server: ['{{', '}}', 'hexagon'],
  route: ['([', '])', 'ellipse'],
  topic: ['>', ']', 'cds'],
  channel: ['>', ']', 'cds'],
  queue: ['>', ']', 'cds'],
  database: ['[(', ')]', 'cylinder'],
};

/** What is left out: `handles` of what only runs before others. */
function drawn({ nodes, edges }: TopologyAnswer): { nodes: [SeenNode, string][]; edges: { from: string; to: string; text: string; isSeen: boolean }[] } {
  const kept = edges.filter(({ kind, label }) => kind !== 'handles' || !(label?.startsWith('before') ?? false));
  const used = new Set(kept.flatMap(({ src, dst }) => [src, dst]));
  const ids = new Map(nodes.filter(({ id }) => used.has(id)).map((node, at) => [node.id, `n${at}`]));
  return {
    nodes: nodes.filter(({ id }) => ids.has(id)).map((node) => [node, ids.get(node.id)!]),
    edges: kept.flatMap(({ src, dst, kind, label, count, evidence }) => {
      const [from, to] = [ids.get(src), ids.get(dst)];
      const text = `${short(label ?? kind)}${count === null || count === 0 ? '' : ` ${count}×`}`;
      return from === undefined || to === undefined ? [] : [{ from, to, text, isSeen: evidence === 'seen' }];
    }),
  };
} // prettier-ignore

/** Without what moves lines or the direction of writing. */
const short = (text: string): string => {
  // eslint-disable-next-line no-control-regex
  const clean = text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/g, ' ');
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean;
};

/** All but letters, digits and harmless signs, as Mermaid has entities: `#34;`. */
const entities = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N} .,:/×…_-]/gu, (char) => `#${char.codePointAt(0)};`);

const titleOf = ({ kind, name, evidence, count }: SeenNode): string =>
  `${kind === 'function' ? '' : `${kind} `}${short(name)}${evidence === 'seen' && count !== null ? ` ${count}×` : ''}`;

export function mermaidText(answer: TopologyAnswer): string {
  const { nodes, edges } = drawn(answer);
  return [
    'flowchart LR',
    ...nodes.map(([node, id]) => {
      const [open, close] = SHAPES[node.kind] ?? ['[', ']'];
      return `  ${id}${open}"${entities(titleOf(node))}"${close}${node.evidence === 'seen' ? ':::seen' : node.evidence === 'never' ? ':::never' : ''}`; // prettier-ignore
    }),
    ...edges.map(
      ({ from, to, text, isSeen }) => `  ${from} ${isSeen ? '==>' : '-->'}|"${entities(text)}"| ${to}`,
    ),
    '  classDef seen stroke:#2a7,stroke-width:2px',
    '  classDef never stroke-dasharray:4',
  ].join('\n');
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

export function dotText(answer: TopologyAnswer): string {
  const { nodes, edges } = drawn(answer);
  return [
    'digraph topology {',
    '  rankdir=LR; node [shape=box];',
    ...nodes.map(([node, id]) => {
      const shape = SHAPES[node.kind]?.[2] ?? 'box';
      const style = node.evidence === 'seen' ? 'bold' : node.evidence === 'never' ? 'dashed' : 'solid';
      return `  ${id} [label=${quoted(titleOf(node))}, shape=${shape}, style=${style}];`;
    }),
    ...edges.map(({ from, to, text, isSeen }) => `  ${from} -> ${to} [label=${quoted(text)}, style=${isSeen ? 'bold' : 'solid'}];`), // prettier-ignore
    '}',
  ].join('\n');
}
