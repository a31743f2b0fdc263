import { type Draft, given } from '../draft.ts';
import { filesNamed } from '../files.ts';
import type { ThingKind } from '../kind.ts';
import { shown } from '../paths.ts';
import type { Site } from '../site.ts';
import { keyOf } from '../values/made.ts';
import { HOLE } from '../values/texts.ts';

export const processes: ThingKind = {
  name: 'processes',
  what: 'Other processes: child_process, cluster, execa, tinyexec, cross-spawn, zx',
  targets:
    /^(?:child_process\.(?:spawn|fork|exec|execFile)(?:Sync)?|cluster\.fork|(?:execa(?:\.execa(?:Node|Sync|Command)?|\.\$)?)|cross-spawn(?:\.sync)?|tinyexec\.(?:x|exec)|nano-spawn)$/,
  found(site, draft) {
    const { file, node, target } = site;
    if (target === 'cluster.fork') return forked(site, draft);
    const [command, words] = given(site);
    const { names, entries } = started(site, draft, command, words);
    for (const name of names) {
      const reason = name === '(computed)' ? 'its command is computed' : null;
      const id = draft.node('process', name, { file, node, madeWith: target, reason, matches: entries[0]?.path ?? null }); // prettier-ignore
      draft.made.set(keyOf(site), id);
      draft.edge(draft.around(site), id, 'spawns', { file, node, reason });
      for (const entry of entries) draft.start(entry, id, site);
    }
  },
};

/** Again what the program itself is. */
function forked(site: Site, draft: Draft): void {
  const { file, node } = site;
  const id = draft.node('process', `${file.path} again`, {
    file,
    node,
    madeWith: 'cluster',
    matches: file.path,
  });
  draft.made.set(keyOf(site), id);
  draft.edge(draft.around(site), id, 'spawns', { file, node });
}

function started({ file, target }: Site, draft: Draft, command: number | undefined, words: number | undefined) {
  if (target.endsWith('.fork') || target.endsWith('execaNode')) {
    const entries = filesNamed(draft, file, command);
    return { names: entries.length > 0 ? entries.map(({ path }) => path) : textNames(draft, file, command), entries }; // prettier-ignore
  }
  const isNode = isThisNode(draft, file, command);
  const listed = words === undefined ? [] : draft.values.elements(file, words);
  const entries = [...new Set(listed.flatMap((each) => filesNamed(draft, each.file, each.node)))].slice(0, 1);
  if (isNode) return { names: entries.length > 0 ? [entries[0].path] : ['node'], entries };
  return { names: textNames(draft, file, command), entries: [] };
} // prettier-ignore

/** `process.execPath`, `'node'` */
function isThisNode(draft: Draft, file: Site['file'], command: number | undefined): boolean {
  if (command === undefined) return false;
  const made = draft.values.of(file, command);
  return made.some((each) => /^process\.(?:execPath|argv0|argv\.0)$/.test(draft.api(each))) || draft.texts(file, command).includes('node'); // prettier-ignore
}

/** First word of a command, without the folders that it lies in. */
const textNames = (draft: Draft, file: Site['file'], command: number | undefined): string[] => [
  ...new Set(
    draft.texts(file, command).map((text) => {
      if (text === HOLE || text.startsWith(HOLE)) return '(computed)';
      return shown(text).trim().split(/\s+/).slice(0, 2).join(' ');
    }),
  ),
];
