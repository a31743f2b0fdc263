/** What can be done with a list of findings: narrowed, shown, taken away. */
import { Download, Map, Terminal } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useMemo, useRef } from 'react';
import type { Answered } from '../../api/ask.ts';
import { type Command, useCommands } from '../../commands/registry.ts';
import type { ColumnOf } from '../../parts/table.tsx';
import { showOnMap } from '../../state/moments.ts';
import { choose, useSelection } from '../../state/selection.ts';
import { csvOf } from '../../text/csv.ts';
import { download } from '../../text/copy.ts';
import { count, middle } from '../../text/format.ts';
import { toQuery } from '../query/options.ts';
import { OPTION } from './options.ts';
import { type Described, placeOf } from './shapes/shape.tsx';

interface Props {
  answer: Answered<'report'>;
  rows: readonly Described[];
  columns: readonly ColumnOf<Described>[];
  chosen: Described | null;
  canBeTree: boolean;
}

const SURE = ['certain', 'likely', 'possible'] as const;

export function Tools({ answer, rows, columns, chosen, canBeTree }: Props) {
  const options = useSelection((now) => now.options);
  const field = useRef<HTMLInputElement>(null);
  const all = answer.findings;
  useCommands(
    useMemo<Command[]>(
      () => [{ id: 'reports.filter', title: 'Filter findings', group: 'Reports', keys: ['f'], run: () => field.current?.focus() }], // prettier-ignore
      [],
    ),
  );
  return (
    <div className="tools" role="toolbar" aria-label="Findings">
      <input
        ref={field}
        className="field"
        type="search"
        placeholder="Filter (F)"
        aria-label="Filter findings"
        value={options[OPTION.filter] ?? ''}
        onChange={({ target }) => choose({ [OPTION.filter]: target.value || null }, { replace: true })}
        onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
      />
      <div className="segments" role="group" aria-label="How sure">
        {(['', ...SURE] as const).map((sure) => {
          const number =
            sure === '' ? all.length : all.filter(({ finding }) => finding.confidence === sure).length;
          return (
            <button
              key={sure}
              aria-pressed={(options[OPTION.sure] ?? '') === sure}
              disabled={number === 0}
              onClick={() => choose({ [OPTION.sure]: sure || null })}
            >
              {sure || 'all'} {count(number)}
            </button>
          );
        })}
      </div>
      {canBeTree && (
        <div className="segments" role="group" aria-label="Form">
          <button aria-pressed={options[OPTION.list] !== '1'} onClick={() => choose({ [OPTION.list]: null })}>
            Tree
          </button>
          <button aria-pressed={options[OPTION.list] === '1'} onClick={() => choose({ [OPTION.list]: '1' })}>
            List
          </button>
        </div>
      )}
      <span className="spread" />
      <button
        className="button small"
        disabled={rows.length === 0}
        onClick={() => showOnMap(placeOf(chosen ?? rows[0]))}
        title={chosen === null ? 'The first of them' : 'The chosen one'}
      >
        <Map size={13} aria-hidden /> Show on map
      </button>
      <Export answer={answer} rows={rows} columns={columns} />
      {answer.statements.length > 0 && <Statements all={answer.statements} />}
    </div>
  );
}

const Export = ({ answer, rows, columns }: Pick<Props, 'answer' | 'rows' | 'columns'>) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger className="button small">
      <Download size={13} aria-hidden /> Export
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
        <DropdownMenu.Label className="menu-label">
          {count(rows.length)} findings, as filtered and sorted
        </DropdownMenu.Label>
        <DropdownMenu.Item className="menu-item" onSelect={() => saveJson(answer, rows)}>
          JSON
        </DropdownMenu.Item>
        <DropdownMenu.Item className="menu-item" onSelect={() => saveCsv(answer, rows, columns)}>
          CSV
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);

function saveJson(answer: Props['answer'], rows: Props['rows']): void {
  const findings = rows.map(({ finding, text }) => ({ text, ...finding }));
  download(`${answer.name}.json`, 'application/json', JSON.stringify(findings, null, 2));
}

function saveCsv(answer: Props['answer'], rows: Props['rows'], columns: Props['columns']): void {
  const own = columns.filter(
    ({ sortBy, id }) => sortBy !== undefined && !['sure', 'place', 'text'].includes(id),
  );
  const heads = ['id', 'confidence', 'path', 'line', 'text', ...own.map(({ title }) => title)];
  const lines = rows.map((row) => [
    row.finding.id,
    row.finding.confidence,
    row.finding.place?.path,
    row.finding.place?.line,
    row.text,
    ...own.map(({ sortBy }) => sortBy!(row)).map((value) => (value === -Infinity ? null : value)),
  ]);
  download(`${answer.name}.csv`, 'text/csv', csvOf(heads, lines));
}

/** What was asked of the database, ready to be asked again. */
const Statements = ({ all }: { all: readonly string[] }) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger className="button small">
      <Terminal size={13} aria-hidden /> SQL
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
        <DropdownMenu.Label className="menu-label">
          What was asked, to be asked again in Query
        </DropdownMenu.Label>
        {all.map((sql) => (
          <DropdownMenu.Item key={sql} className="menu-item mono" title={sql} onSelect={() => toQuery(sql)}>
            {middle(sql.replaceAll(/\s+/g, ' ').trim(), 76)}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);
