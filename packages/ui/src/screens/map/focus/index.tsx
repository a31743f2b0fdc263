/** The neighbourhood of one function as a graph: callers left, callees right, up to three calls far. */
import cytoscape, { type Core } from 'cytoscape';
import { useEffect, useRef } from 'react';
import { useAnswer } from '../../../api/ask.ts';
import { Failed, Notice, Waiting } from '../../../parts/notice.tsx';
import { useRun } from '../../../state/run.ts';
import { choose, go, useSelection } from '../../../state/selection.ts';
import { theme } from '../../../state/theme.ts';
import { count } from '../../../text/format.ts';
import { OPTION } from '../model/items.ts';
import { elementsOf } from './elements.ts';
import { styleOf } from './style.ts';

const DEPTHS = [1, 2, 3] as const;

export default function Focus() {
  const id = useSelection((selection) => selection.function);
  return id === null ? <NoFunction /> : <Neighbourhood id={id} />;
}

const NoFunction = () => (
  <Notice title="No function is chosen">
    <p>Choose one on the map: what calls it stands at the left, what it calls at the right.</p>
    <button className="button" onClick={() => choose({ [OPTION.view]: null })}>
      Back to the map
    </button>
  </Notice>
);

/** The graph lives as long as its element does. */
function Neighbourhood({ id }: { id: string }) {
  const run = useRun();
  const wanted = useSelection(({ options }) => Number(options[OPTION.depth] ?? 1));
  const depth = DEPTHS.find((each) => each === wanted) ?? 1;
  const { data, error, refetch } = useAnswer('neighbourhood', { ...run, function: id, depth });
  const host = useRef<HTMLDivElement>(null);
  const graph = useRef<Core | null>(null);
  useEffect(() => {
    const made = begin(host.current!);
    graph.current = made;
    const end = theme.subscribe(() => made.style(styleOf()));
    return () => {
      end();
      made.destroy();
      graph.current = null;
    };
  }, []);
  useEffect(() => {
    const made = graph.current;
    if (made === null || data === undefined) return;
    made.elements().remove();
    made.add(elementsOf(data));
    made.fit(undefined, 40);
    // Two boxes need not fill the page.
    if (made.zoom() > 1.1) made.zoom(1.1);
    made.center();
  }, [data]);
  return (
    <div className="map-focus">
      <div className="map-focus-tools">
        <span className="segments" role="group" aria-label="How many calls far">
          {DEPTHS.map((each) => (
            <button
              key={each}
              aria-pressed={each === depth}
              onClick={() => choose({ [OPTION.depth]: String(each) })}
            >
              {each === 1 ? '1 call far' : each}
            </button>
          ))}
        </span>
        <span>called by ← {data?.nodes.find(({ far }) => far === 0)?.name} → calls</span>
        {data !== undefined && data.more.nodes + data.more.edges > 0 && (
          <span>
            not drawn: {count(data.more.nodes)} functions, {count(data.more.edges)} edges
          </span>
        )}
        <button className="button" onClick={() => choose({ [OPTION.view]: null })}>
          Back to the map
        </button>
      </div>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting>Looking for its neighbours</Waiting>}
      <div ref={host} className="map-focus-graph" role="img" aria-label={told(data?.nodes ?? [])} />
    </div>
  );
}

/** The library adds a sheet of styles to the page unless there is one: the page's policy forbids that, and its own sheet says the same. */
const STYLES_ID = '__________cytoscape_stylesheet';

function begin(container: HTMLElement): Core {
  if (document.getElementById(STYLES_ID) === null) {
    const stand = document.createElement('meta');
    stand.id = STYLES_ID;
    document.head.append(stand);
  }
  const made = cytoscape({ container, style: styleOf(), layout: { name: 'preset' }, minZoom: 0.1, maxZoom: 3, autounselectify: true }); // prettier-ignore
  made.on('tap', 'node', ({ target }) => {
    const { id, path } = target.data() as { id: string; path: string };
    go({ function: id, module: path, call: null });
  });
  made.on('mouseover', 'node', ({ target }) => {
    made.elements().addClass('dimmed');
    target.closedNeighborhood().removeClass('dimmed');
    target.outgoers('edge').addClass('out');
    target.incomers('edge').addClass('in');
  });
  made.on('mouseout', 'node', () => made.elements().removeClass('dimmed out in'));
  return made;
}

const told = (nodes: readonly { name: string; far: number }[]): string => {
  const names = (isThere: (far: number) => boolean): string =>
    nodes.filter(({ far }) => isThere(far)).map(({ name }) => name).join(', ') || 'nothing recorded'; // prettier-ignore
  return `${names((far) => far === 0)}. Called by: ${names((far) => far < 0)}. Calls: ${names((far) => far > 0)}`;
};
