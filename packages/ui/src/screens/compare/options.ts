/** Options of this screen in the URL. */
export const OPTION = {
  /** `changes` (the default), `tree`, `map` */
  view: 'diff',
  /** Key of the chosen change. */
  change: 'change',
  /** Group of changes that are shown; absent: all. */
  group: 'differs',
  /** `code` or `behaviour`; absent: both. */
  because: 'because',
  find: 'seek',
  sort: 'order',
  /** What the tree measures. */
  measure: 'measure',
  /** Form of the tree: `flame` (the default), `table`, `one` (functions of one run only) */
  form: 'form',
  /** Key of the chosen path. */
  path: 'path',
} as const;

export const VIEWS = ['changes', 'tree', 'map'] as const;
export type View = (typeof VIEWS)[number];

export const viewOf = (options: Readonly<Record<string, string>>): View =>
  VIEWS.find((each) => each === options[OPTION.view]) ?? 'changes';
