import { useMemo, useReducer, useState } from 'react';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Item } from './item.tsx';
import { activeCount, type Filter, reduce, shown } from './todos.ts';

export function App() {
  const [todos, dispatch] = useReducer(reduce, []);
  const [filter, setFilter] = useState<Filter>('all');
  const visible = useMemo(() => shown(todos, filter), [todos, filter]);
  const active = useMemo(() => activeCount(todos), [todos]);
  return (
    <>
      <Header onAdded={(title) => dispatch({ type: 'add', title })} />
      <main>
        {visible.length > 0 && (
          <input
            className="toggle-all"
            type="checkbox"
            checked={active === 0}
            onChange={(event) => dispatch({ type: 'toggle all', completed: event.target.checked })}
          />
        )}
        <ul className="todo-list">
          {visible.map((todo) => (
            <Item key={todo.id} todo={todo} dispatch={dispatch} />
          ))}
        </ul>
      </main>
      <Footer
        active={active}
        total={todos.length}
        filter={filter}
        onFilter={setFilter}
        onClear={() => dispatch({ type: 'clear completed' })}
      />
    </>
  );
}
