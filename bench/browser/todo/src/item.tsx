import { type Dispatch, memo, useState } from 'react';
import type { Action, Todo } from './todos.ts';

export const Item = memo(function Item({ todo, dispatch }: { todo: Todo; dispatch: Dispatch<Action> }) {
  const [isEditing, setEditing] = useState(false);

  function save(title: string) {
    setEditing(false);
    if (title.trim() === '') dispatch({ type: 'remove', id: todo.id });
    else dispatch({ type: 'rename', id: todo.id, title: title.trim() });
  }

  return (
    <li className={todo.completed ? 'completed' : ''}>
      {isEditing ? (
        <input defaultValue={todo.title} autoFocus onBlur={(event) => save(event.target.value)} />
      ) : (
        <div className="view">
          <input
            className="toggle"
            type="checkbox"
            checked={todo.completed}
            onChange={() => dispatch({ type: 'toggle', id: todo.id })}
          />
          <label onDoubleClick={() => setEditing(true)}>{todo.title}</label>
          <button className="destroy" onClick={() => dispatch({ type: 'remove', id: todo.id })} />
        </div>
      )}
    </li>
  );
});
