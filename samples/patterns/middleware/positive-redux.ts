// One function for the store, one for the next, one for the action.
export const logger = (store: any) => (next: any) => (action: any) => {
  console.log(action.type);
  const result = next(action);
  console.log(store.getState());
  return result;
};
