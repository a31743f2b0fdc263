// Which event leads where, as a table.
const NEXT: Record<string, Record<string, string>> = {
  idle: { fetch: 'loading' },
  loading: { resolve: 'done', reject: 'failed' },
  failed: { retry: 'loading' },
  done: {},
};

export const transition = (state: string, event: string) => NEXT[state]?.[event] ?? state;
