/** The selection as a URL, both ways. A deep link shows the exact view; what it does not say is as it would be by itself. */

export const SCREENS = ['home', 'map', 'cinema', 'issues', 'reports', 'compare', 'query'] as const;
export type ScreenId = (typeof SCREENS)[number];

export const LEVELS = ['system', 'module', 'function', 'line'] as const;
export type Level = (typeof LEVELS)[number];

export interface Selection {
  screen: ScreenId;
  /** Id of a run; null: the latest. */
  run: string | null;
  /** The run to compare with; null: none was chosen. */
  against: string | null;
  /** The playhead, µs since the run began. */
  t: number | null;
  /** What of the time is in view, µs; null: all of it. */
  window: readonly [from: number, to: number] | null;
  /** `ast_node_id` */
  function: string | null;
  /** Path of a module. */
  module: string | null;
  /** `<thread>.<call>` */
  call: string | null;
  level: Level;
  /** What one screen alone knows, by name. */
  options: Readonly<Record<string, string>>;
}

export const START: Selection = {
  screen: 'home',
  run: null,
  against: null,
  t: null,
  window: null,
  function: null,
  module: null,
  call: null,
  level: 'function',
  options: {},
};

/** Options stand behind this in the URL, so that no screen can take a name of the selection. */
const OPTION = 'o.';

/** Search part of a URL, beginning with `?`. */
export function urlOf(selection: Selection): string {
  const url = new URLSearchParams({ screen: selection.screen });
  const texts = ['run', 'against', 'function', 'module', 'call'] as const;
  for (const name of texts) if (selection[name] !== null) url.set(name, selection[name]);
  if (selection.t !== null) url.set('t', String(selection.t));
  if (selection.window !== null) url.set('window', selection.window.join('-'));
  if (selection.level !== START.level) url.set('level', selection.level);
  for (const [name, value] of Object.entries(selection.options)) url.set(OPTION + name, value);
  return `?${url}`;
}

/** What cannot be understood is as if it were not there: links are typed by hand, and get old. */
export function selectionOf(search: string): Selection {
  const url = new URLSearchParams(search);
  const text = (name: string): string | null => url.get(name) || null;
  const options = [...url].filter(([name]) => name.startsWith(OPTION));
  return {
    screen: oneOf(SCREENS, url.get('screen')) ?? START.screen,
    run: text('run'),
    against: text('against'),
    t: numberOf(url.get('t')),
    window: windowOf(url.get('window')),
    function: text('function'),
    module: text('module'),
    call: text('call'),
    level: oneOf(LEVELS, url.get('level')) ?? START.level,
    options: Object.fromEntries(options.map(([name, value]) => [name.slice(OPTION.length), value])),
  };
}

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | null =>
  all.find((one) => one === text) ?? null;

function numberOf(text: string | null): number | null {
  const number = text === null || text === '' ? NaN : Number(text);
  return Number.isFinite(number) && number >= 0 ? number : null;
}

function windowOf(text: string | null): Selection['window'] {
  const [from, to, ...more] = (text ?? '').split('-').map(numberOf);
  return more.length === 0 && from !== null && to !== null && to !== undefined && to > from
    ? [from, to]
    : null;
}
