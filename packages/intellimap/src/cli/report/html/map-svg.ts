/**
 * The map as SVG: cards of cells, as the UI draws it. Colours are attributes, so that it is seen with styles blocked; the style sheet knows the
 * same by class, for light and dark. Cells of one step of the heat are one path: thousands of rectangles would be most of the page. Pure.
 */
import { html, Markup } from '../../../base/markup.ts';
import {
  CELL,
  cellAt,
  EDGE_CHANGES,
  EDGE_KINDS,
  heatOf,
  HEADER,
  type MapFacts,
  type MapLayout,
  type MapPicture,
  type Metric,
  PADDING,
  State,
} from '../../../layout/index.ts';

/** Around the picture, px. */
const MARGIN = 20;
const FONT = 'Inter, system-ui, sans-serif';
/** Mean width of a letter of the titles, px. */
const LETTER = 6.7;

/** What a class is drawn with where no style sheet is. */
const FILLS: Record<string, string> = {
  h1: '#f7e2d0',
  h2: '#f1bd90',
  h3: '#e58f4a',
  h4: '#c6571d',
  h5: '#8f270b',
};

export const mapSvg = (picture: MapPicture, metric: Metric): Markup => {
  const { facts, layout } = picture;
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN].map(Math.ceil);
  const words = `Map of ${facts.modules.path.length} files and ${facts.functions.id.length} functions`;
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${width}"
    height="${height}"
    viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}"
    font-family="${FONT}"
    role="img"
    aria-label="${words}"
  >
    ${edgeLines(facts, layout)}
    ${layout.groups.name.map((name, at) => html`<text class="quiet" fill="#5d687b" font-size="12" font-weight="600" x="${round(layout.groups.x[at])}" y="${round(layout.groups.y[at] + HEADER / 2)}">${name}</text> `)}${cards(picture)}
    ${cells(picture, metric)}
  </svg>`;
};

function edgeLines({ edges }: MapFacts, { routes }: MapLayout): Markup[] {
  const lines = Array.from(routes.edge, (at, n) => {
    const [x, y, ...rest] = routes.curve.subarray(8 * n, 8 * n + 8);
    const kind =
      edges.hot[at] === 1
        ? 'hot'
        : EDGE_CHANGES[edges.change[at]] === 'same'
          ? EDGE_KINDS[edges.kind[at]]
          : EDGE_CHANGES[edges.change[at]];
    const look = LOOKS[kind];
    const wide =
      kind === 'hot' ? 3 + 4 * edges.strength[at] : kind === 'calls' ? 0.7 + 2 * edges.strength[at] : 1.2;
    return html`<path
      class="e-${kind}"
      d="M${round(x)} ${round(y)}C${rest.map(round).join(' ')}"
      fill="none"
      stroke="${look.stroke}"
      stroke-width="${round(wide)}"
      ${look.dash !== undefined && html` stroke-dasharray="${look.dash}"`}
    /> `;
  });
  // The strongest are drawn last, on top.
  return lines.toReversed();
}

const LOOKS: Record<string, { stroke: string; dash?: string }> = {
  hot: { stroke: '#d9400f' },
  calls: { stroke: '#c7cfdb' },
  import: { stroke: '#dde2ea' },
  unused: { stroke: '#8792a8', dash: '5 4' },
  added: { stroke: '#0b7268' },
  removed: { stroke: '#8b3fd1', dash: '1 4' },
};

function cards({ facts: { modules }, layout: { cards } }: MapPicture): Markup[] {
  return modules.path.map((path, at) => {
    const [x, y, w, h] = [cards.x[at], cards.y[at], cards.w[at], cards.h[at]].map(round);
    const errors = modules.metrics.errors?.[at] || 0;
    const isDead = neverRan(modules.state[at]);
    const frame = errors > 0 ? 'bad' : isDead ? 'dead' : 'card';
    return html`<g${isDead && html` opacity="0.5"`}><title>${cardWords(path, modules.ran[at], modules.count[at], errors)}</title><rect class="${frame}" x="${x}" y="${y}" width="${w}" height="${h}" rx="6" fill="#fff" stroke="${errors > 0 ? '#c92036' : '#c7cfdb'}"${isDead && html` stroke-dasharray="3 3"`}/><text class="name" fill="#161b26" font-size="12" font-weight="600" x="${x + PADDING}" y="${y + 16}">${shortened(cards.title[at], Math.floor((w - 2 * PADDING) / LETTER))}</text></g>
${errors > 0 && html`<g><rect class="badge" x="${round(x + w - 34)}" y="${y - 8}" width="42" height="17" rx="8" fill="#c92036" /><text fill="#fff" font-size="11" font-weight="600" text-anchor="middle" x="${round(x + w - 13)}" y="${y + 4.5}">! ${short(errors)}</text></g> `}`;
  });
}

const neverRan = (state: number): boolean => (state & (State.RAN | State.UNKNOWN)) === 0;

const cardWords = (path: string, ran: number, count: number, errors: number): string =>
  `${path}: ${ran} of ${count} functions ran${errors > 0 ? `, ${errors} errors` : ''}`;

/** One path for each look that cells have. */
function cells({ facts, layout }: MapPicture, metric: Metric): Markup[] {
  const { modules, functions, heat } = facts;
  const steps = heat[metric];
  const paths = new Map<string, string[]>();
  const draw = (look: string, x: number, y: number): void => {
    const path = paths.get(look) ?? [];
    paths.set(look, path);
    path.push(`M${round(x)} ${round(y)}h${CELL}v${CELL}h-${CELL}z`);
  };
  modules.path.forEach((_, card) => {
    for (let n = 0; n < modules.count[card]; n++) {
      const at = modules.first[card] + n;
      const { x, y } = cellAt(n, layout.cards.perRow[card]);
      const [left, top] = [layout.cards.x[card] + x, layout.cards.y[card] + y];
      const ran = (functions.state[at] & State.RAN) !== 0;
      const step = steps === undefined ? 0 : heatOf(functions.metrics[metric]![at], steps);
      draw(ran ? `h${Math.max(1, step)}` : neverRan(functions.state[at]) ? 'never' : 'unknown', left, top);
      if ((functions.metrics.errors?.[at] || 0) > 0) draw('failed', left, top);
    }
  });
  return [...paths].map(([look, path]) =>
    look in FILLS
      ? html`<path class="${look}" fill="${FILLS[look]}" d="${path.join('')}" /> `
      : html`<path
          class="${look}"
          fill="none"
          stroke="${look === 'failed' ? '#c92036' : '#c7cfdb'}"
          stroke-width="${look === 'failed' ? 2 : 1}"
          d="${path.join('')}"
        /> `,
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
const short = (value: number): string => (value < 10_000 ? String(value) : `${Math.round(value / 1000)}k`);

function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  return `${text.slice(0, Math.ceil(room / 2) - 1)}…${text.slice(text.length - Math.floor(room / 2))}`;
}

/** What the looks mean. */
export const legend = (metric: string): Markup =>
  html`<p class="legend">
    ${metric}:
    <svg width="78" height="12" role="img" aria-label="from cold to hot">
      ${[1, 2, 3, 4, 5].map((step) => html`<rect class="h${step}" fill="${FILLS[`h${step}`]}" x="${(step - 1) * 15}" width="12" height="12" />`)}
    </svg>
    hottest ·
    <svg width="12" height="12" aria-hidden="true">
      <rect class="never" fill="none" stroke="#c7cfdb" x="1" y="1" width="10" height="10" />
    </svg>
    never ran ·
    <svg width="30" height="12" aria-hidden="true">
      <path class="e-hot" d="M0 6H30" stroke="#d9400f" stroke-width="5" />
    </svg>
    hot path ·
    <svg width="30" height="12" aria-hidden="true">
      <path class="e-unused" d="M0 6H30" stroke="#8792a8" stroke-dasharray="5 4" />
    </svg>
    import never used ·
    <svg width="12" height="12" aria-hidden="true">
      <rect class="failed" fill="none" stroke="#c92036" stroke-width="2" x="1" y="1" width="10" height="10" />
    </svg>
    error
  </p>`;
