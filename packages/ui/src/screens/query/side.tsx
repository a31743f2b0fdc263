/** What there is to ask: ready questions, tables with their columns, what was asked before. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import type { Answered } from '../../api/ask.ts';
import { asked } from './history.ts';
import { READY } from './ready.ts';

type Tables = Answered<'tables'>;

interface Props {
  tables: Tables;
  onTake: (sql: string) => void;
  onInsert: (name: string) => void;
}

const TABS = ['Tables', 'Ready', 'Asked'] as const;

export function Side({ tables, onTake, onInsert }: Props) {
  const [tab, setTab] = useState<(typeof TABS)[number]>('Tables');
  return (
    <aside className="query-side">
      <div className="segments" role="tablist" aria-label="What there is to ask">
        {TABS.map((each) => (
          <button key={each} role="tab" aria-selected={each === tab} onClick={() => setTab(each)}>
            {each}
          </button>
        ))}
      </div>
      <div className="query-side-body" role="tabpanel" aria-label={tab}>
        {tab === 'Tables' && <Schema tables={tables} onInsert={onInsert} />}
        {tab === 'Ready' &&
          READY.map(({ title, about, sql }) => (
            <button key={title} className="ready" title={sql} onClick={() => onTake(sql)}>
              <b>{title}</b>
              <span className="quiet">{about}</span>
            </button>
          ))}
        {tab === 'Asked' && <Asked onTake={onTake} />}
      </div>
    </aside>
  );
}

function Asked({ onTake }: Pick<Props, 'onTake'>) {
  const all = useSyncExternalStore(asked.subscribe, () => asked.getState().all);
  if (all.length === 0) return <p className="query-note">What you ask is kept here, in this browser.</p>;
  return all.map((sql) => (
    <button key={sql} className="ready mono" title={sql} onClick={() => onTake(sql)}>
      {sql}
    </button>
  ));
}

function Schema({ tables, onInsert }: Pick<Props, 'tables' | 'onInsert'>) {
  const [find, setFind] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const wanted = find.toLowerCase();
  const shown = tables.filter(
    ({ name, columns }) =>
      wanted === '' || name.includes(wanted) || columns.some((column) => column.name.includes(wanted)),
  );
  const turn = (name: string): void =>
    setOpen((now) =>
      now.has(name) ? new Set([...now].filter((each) => each !== name)) : new Set([...now, name]),
    );
  return (
    <>
      <input
        className="field"
        type="search"
        placeholder="Table or column"
        aria-label="Find a table or column"
        value={find}
        onChange={({ target }) => setFind(target.value)}
      />
      {(['view', 'table'] as const).map((kind) => (
        <section key={kind} aria-label={`${kind}s`}>
          <h2>{kind === 'view' ? 'Views' : 'Tables'}</h2>
          {shown
            .filter((each) => each.kind === kind)
            .map((table) => (
              <TableItem
                key={table.name}
                table={table}
                isOpen={open.has(table.name)}
                onTurn={() => turn(table.name)}
                onInsert={onInsert}
              />
            ))}
        </section>
      ))}
      {shown.length === 0 && <p className="query-note">Nothing is called like that.</p>}
    </>
  );
}

interface ItemProps {
  table: Tables[number];
  isOpen: boolean;
  onTurn: () => void;
  onInsert: (name: string) => void;
}

const TableItem = ({ table: { name, doc, columns }, isOpen, onTurn, onInsert }: ItemProps) => (
  <div className="schema-table">
    <button className="schema-name mono" aria-expanded={isOpen} title={doc} onClick={onTurn}>
      {isOpen ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
      {name}
    </button>
    {isOpen && (
      <div className="schema-columns">
        <p>{doc}</p>
        {columns.map((column) => (
          <button key={column.name} title={column.doc} onClick={() => onInsert(column.name)}>
            <span className="mono">{column.name}</span>
            <span className="quiet">{column.type.toLowerCase()}</span>
          </button>
        ))}
      </div>
    )}
  </div>
);
