/** What SQL may ask. */
import { type Column, describeColumn, type Table, TABLES, VIEWS } from '../../schema/index.ts';
import type { TableFacts } from '../contract.ts';
import { asked, type Route } from '../route.ts';

export const tables: Route<'tables'> = {
  ask: asked({}),
  answer: async () => [...factsOf('table', TABLES), ...factsOf('view', VIEWS)],
};

const factsOf = (kind: TableFacts['kind'], all: Record<string, Table>): TableFacts[] =>
  Object.entries(all).map(([name, { doc, columns }]) => ({
    name,
    kind,
    doc,
    columns: Object.entries(columns).map(([column, facts]) => ({
      name: column,
      type: typeOf(facts),
      doc: describeColumn(facts),
    })),
  }));

const typeOf = ({ type, values = [] }: Column): string => (type === 'ENUM' ? values.join(' | ') : type);
