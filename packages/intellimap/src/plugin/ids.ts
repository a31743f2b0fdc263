/** What a bundler calls a module → the file that it is of, and what is done with it. Pure. */
import { normalize } from 'node:path';
import { languageOf } from '../load/scope.ts';

export interface Module {
  file: string;
  /**
   * `source`: a file as its author wrote it. `component`: it is instrumented when its compiler (Vue's, Svelte's) is done with it, which would not have our
   * names in its input, or knows other languages than ours.
   */
  kind: 'source' | 'component';
}

/** Parameters that say how a module is asked for, not that it is to be something else, as `?raw`, `?url` or `?worker` do. */
const HARMLESS = /^(?:t=\d+|v=[\w.-]+|import|worker_file|type=(?:module|classic|ignore)|)$/;
/** Parts of a Vue component that hold its code. `src`: a file of its own. */
const VUE = /^(?:vue|type=(?:script|template)|setup=true|src(?:=[^&]*)?|lang\.[jt]sx?|id=[^&]*|ts=true)$/;
/** Of a file with runes: Svelte refuses names that begin with `$` in what it compiles. */
const RUNES = /\.svelte\.[jt]s$/;
const COMPONENT = /\.(?:vue|svelte)$/;

/** Undefined: it is left alone. @param id path of a file, perhaps with a query */
export function moduleOf(id: string): Module | undefined {
  // Modules that plugins make up.
  if (id.includes('\0') || /^[\w-]{2,}:/.test(id)) return undefined;
  const at = id.search(/[?#]/);
  const path = at < 0 ? id : id.slice(0, at);
  const parameters = at < 0 ? [] : id.slice(at + 1).split('&');
  const others = parameters.filter((each) => !HARMLESS.test(each));
  const isVue = others.includes('vue');
  if (others.some((each) => !(isVue && VUE.test(each)))) return undefined;
  const file = normalize(path);
  if (COMPONENT.test(file)) return { file, kind: 'component' };
  if (languageOf(file) === undefined) return undefined;
  return { file, kind: RUNES.test(file) ? 'component' : 'source' };
}
