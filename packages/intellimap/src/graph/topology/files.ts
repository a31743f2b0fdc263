/** Which file an expression names: `new URL('./worker.js', import.meta.url)`, `join(__dirname, 'worker.js')`, `require.resolve('./worker')`, a plain text. */
import { childAt, Field, Kind, NONE } from '../tree/tree.ts';
import { argumentsOf, calleeName, calleeText } from '../patterns/facts/names.ts';
import type { Source } from '../patterns/source.ts';
import type { Draft } from './draft.ts';
import { isHere } from './programs.ts';
import type { Made } from './values/made.ts';

/** Each once; none: it is not known, or not in the workspace. */
export function filesNamed(draft: Draft, file: Source, expression: number | undefined): Source[] {
  if (expression === undefined || expression === NONE) return [];
  const found = draft.values.of(file, expression).flatMap((made) => fileOf(draft, made, 4));
  return [...new Set(found)];
}

function fileOf(draft: Draft, made: Made, steps: number): Source[] {
  const { file, node, frame } = made;
  const { tree } = file;
  if (steps === 0) return [];
  if (isHere(file, node) && tree.kind[node] === Kind.MemberExpression) return [file];
  if (tree.kind[node] === Kind.Identifier) return isHere(file, node) ? [file] : [];
  const inner = (at: number | undefined): Source[] =>
    at === undefined ? [] : draft.values.of(file, at, frame).flatMap((each) => fileOf(draft, each, steps - 1));
  switch (tree.kind[node]) {
    case Kind.NewExpression:
      return calleeText(tree, node) === 'URL' ? named(draft, made, argumentsOf(tree, node)[0]) : [];
    case Kind.CallExpression: {
      const name = calleeName(tree, node);
      const all = argumentsOf(tree, node);
      if (name === 'fileURLToPath' || name === 'pathToFileURL' || name === 'toString') return inner(all[0]);
      if ((name === 'resolve' || name === 'join') && all.length > 0) {
        const parts = isHere(file, all[0]) || /^(?:__dirname|import\.meta\.dirname)/.test(calleeText(tree, all[0])) || all.length > 1 ? all.slice(1) : all; // prettier-ignore
        const texts = parts.map((part) => draft.texts(file, part, frame)[0]);
        const target = draft.programs.fileOf(file, texts.join('/'));
        return target === null ? [] : [target];
      }
      return [];
    }
    case Kind.MemberExpression:
      // `new URL(…).pathname`, `.href`
      return inner(childAt(tree, node, Field.object));
    default:
      return named(draft, made, node);
  }
} // prettier-ignore

function named(draft: Draft, { file, frame }: Made, expression: number | undefined): Source[] {
  return draft
    .texts(file, expression, frame)
    .map((text) => draft.programs.fileOf(file, text.replace(/^\0\/?/, './')))
    .filter((each) => each !== null);
}
