import type { Filter } from './todos.ts';

const FILTERS: Filter[] = ['all', 'active', 'completed'];

interface Props {
  active: number;
  total: number;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  onClear: () => void;
}

export function Footer({ active, total, filter, onFilter, onClear }: Props) {
  if (total === 0) return null;
  return (
    <footer>
      <span className="todo-count">
        {active} {active === 1 ? 'item' : 'items'} left
      </span>
      {FILTERS.map((each) => (
        <button key={each} aria-pressed={each === filter} onClick={() => onFilter(each)}>
          {each}
        </button>
      ))}
      {active < total && <button onClick={onClear}>Clear completed</button>}
    </footer>
  );
}
