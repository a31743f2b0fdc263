/** Dead code as a tree. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Findings } from '../../../../intellimap/src/serve/contract.ts';
import { PlaceLink } from '../../parts/place.tsx';
import { Sure } from '../../parts/sure.tsx';
import { type ColumnOf, Table } from '../../parts/table.tsx';
import { count } from '../../text/format.ts';
import { type TreeRow, treeOf } from './dead-tree.ts';
import type { Described } from './shapes/shape.tsx';

const WHY: Record<Findings.DeadCodeFinding['reason'], string> = {
  unreferenced: 'nothing can reach it',
  unnamed: 'nobody mentions its name',
  tests: 'only tests refer to it',
  public: 'users of the package may call it',
  dynamic: 'a computed name may lead to it',
  uncalled: 'live code refers to it',
};

interface Props {
  rows: readonly Described[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

export function DeadView({ rows, chosen, onChoose }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const tree = useMemo(
    () =>
      treeOf(
        rows.map(({ finding, text }) => ({ finding: finding as Findings.DeadCodeFinding, text })),
        closed,
      ),
    [rows, closed],
  );
  const columns = useMemo(() => columnsOf(tree), [tree]);
  const turn = (key: string): void =>
    setClosed((now) =>
      now.has(key) ? new Set([...now].filter((each) => each !== key)) : new Set([...now, key]),
    );
  return (
    <Table
      label="Dead code by folder"
      columns={columns}
      rows={tree}
      keyOf={({ key }) => key}
      chosen={chosen}
      onChoose={({ key, finding }) => {
        if (finding === null && key === chosen) turn(key);
        onChoose(key);
      }}
      onOpen={({ key, finding }) => finding === null && turn(key)}
    />
  );
}

function columnsOf(tree: readonly TreeRow[]): ColumnOf<TreeRow>[] {
  const most = Math.max(1, ...tree.map(({ lines }) => lines));
  return [
    {
      id: 'name',
      title: 'Code',
      width: 'minmax(260px, 1fr)',
      cell: ({ label, depth, finding, isOpen }) => (
        <span className="tree mono" style={{ paddingLeft: depth * 18 }}>
          {finding === null ? (
            isOpen ? (
              <ChevronDown size={12} />
            ) : (
              <ChevronRight size={12} />
            )
          ) : (
            <span className="tree-leaf" />
          )}
          {finding === null ? <b>{label}</b> : label}
          {finding?.kind === 'file' && <span className="quiet"> whole file</span>}
        </span>
      ),
    },
    {
      id: 'lines',
      title: 'Removable lines',
      width: '200px',
      cell: ({ lines, sure }) => (
        <span className="removable" title={`${count(sure)} of ${count(lines)} lines are most likely dead`}>
          <span className="removable-bars" aria-hidden>
            <span className="removable-all" style={{ width: `${(lines / most) * 100}%` }} />
            <span className="removable-sure" style={{ width: `${(sure / most) * 100}%` }} />
          </span>
          {count(lines)}
        </span>
      ),
    },
    {
      id: 'functions',
      title: 'Functions',
      width: '76px',
      isNumber: true,
      cell: ({ functions }) => count(functions),
    },
    {
      id: 'sure',
      title: 'How sure',
      width: '84px',
      cell: ({ finding }) => finding && <Sure of={finding.confidence} />,
    },
    {
      id: 'why',
      title: 'What the text says',
      width: '230px',
      cell: ({ finding }) => finding && <span title={WHY[finding.reason]}>{WHY[finding.reason]}</span>,
    },
    {
      id: 'place',
      title: 'Place',
      width: 'minmax(140px, 0.5fr)',
      cell: ({ finding }) =>
        finding && <PlaceLink at={{ path: finding.path, line: finding.place?.line ?? null, function: finding.functions[0]?.id ?? null }} room={34} />, // prettier-ignore
    },
  ];
}
