export interface Todo {
  id: number;
  title: string;
  completed: boolean;
}

export type Action =
  | { type: 'add'; title: string }
  | { type: 'toggle'; id: number }
  | { type: 'toggle all'; completed: boolean }
  | { type: 'remove'; id: number }
  | { type: 'rename'; id: number; title: string }
  | { type: 'clear completed' };

export type Filter = 'all' | 'active' | 'completed';

let lastId = 0;

export function reduce(todos: Todo[], action: Action): Todo[] {
  switch (action.type) {
    case 'add':
      return [...todos, { id: ++lastId, title: action.title, completed: false }];
    case 'toggle':
      return todos.map((todo) => (todo.id === action.id ? { ...todo, completed: !todo.completed } : todo));
    case 'toggle all':
      return todos.map((todo) => ({ ...todo, completed: action.completed }));
    case 'remove':
      return todos.filter((todo) => todo.id !== action.id);
    case 'rename':
      return todos.map((todo) => (todo.id === action.id ? { ...todo, title: action.title } : todo));
    default:
      return todos.filter((todo) => !todo.completed);
  }
}

export function shown(todos: Todo[], filter: Filter): Todo[] {
  return todos.filter((todo) => filter === 'all' || todo.completed === (filter === 'completed'));
}

export const activeCount = (todos: Todo[]): number =>
  todos.reduce((count, todo) => (todo.completed ? count : count + 1), 0);
