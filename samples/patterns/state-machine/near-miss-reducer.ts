// By the kind of what happened; what it is in does not matter.
export function reduce(state: { count: number; status: string }, action: { type: string; by?: number }) {
  switch (action.type) {
    case 'add':
      return { ...state, count: state.count + (action.by ?? 1) };
    case 'clear':
      return { ...state, count: 0, status: 'empty' };
    case 'close':
      return { ...state, status: 'closed' };
    default:
      return state;
  }
}
