/** Which functions of a file are to be looked at. Pure. */
import type { ValuePattern, ValuesWanted } from '../../base/recording.ts';
import type { ValueNames } from '../../transform/index.ts';

const ANY_NAME = '';

/** @returns path as recordings name it → names of its functions; undefined: none of them */
export function valuesIn(wanted: ValuesWanted | undefined): (path: string) => ValueNames | undefined {
  if (wanted === undefined) return () => undefined;
  const full = compiled(wanted.full_trace);
  const state = compiled(wanted.state_only);
  return (path) => {
    const names = { full: namesIn(full, path), state: namesIn(state, path) };
    return names.full.length + names.state.length === 0 ? undefined : names;
  };
}

type Compiled = { files: RegExp[]; name: string }[];

const compiled = (patterns: ValuePattern[]): Compiled =>
  patterns.map(({ files, name }) => ({
    files: files.map((each) => new RegExp(each)),
    name: name ?? ANY_NAME,
  }));

const namesIn = (patterns: Compiled, path: string): string[] =>
  patterns.filter(({ files }) => files.some((each) => each.test(path))).map(({ name }) => name);
