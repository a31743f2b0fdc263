/** Scripts of a component file (Vue, Svelte), as one program text in which every character stands where it stands in the file. Pure. */
import type { Lang } from '../transform/index.ts';

export interface Scripts {
  text: string;
  lang: Lang;
}

/** What is no code of the component comes first: it may hold what looks like a script. */
const BLOCKS =
  /<!--[^]*?-->|<style\b[^]*?<\/style\s*>|(<script((?:\s+[^\s"'>=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>)([^]*?)<\/script\s*>/g;
const LANGUAGE = /\slang\s*=\s*["']?([\w/-]+)/;
const LANGUAGES: Record<string, Lang> = { ts: 'ts', typescript: 'ts', tsx: 'tsx', js: 'js', jsx: 'jsx' };

/** Undefined: it has none. */
export function scriptsOf(component: string): Scripts | undefined {
  let text = '';
  let lang: Lang | undefined;
  for (const { 0: block, 1: opening, 2: attributes, 3: script, index } of component.matchAll(BLOCKS)) {
    if (opening === undefined) continue;
    const start = index + opening.length;
    text += blanked(component.slice(text.length, start)) + script;
    lang = LANGUAGES[LANGUAGE.exec(attributes)?.[1] ?? 'js'] ?? 'ts';
    text += blanked(component.slice(text.length, index + block.length));
  }
  return lang && { text: text + blanked(component.slice(text.length)), lang };
}

/** As long, with the same lines. The first blank of each block ends the statement before it. */
const blanked = (text: string): string => text.replaceAll(/[^\n\r\u2028\u2029]/g, ' ').replace(' ', ';');
