/** Groups, drawn as lines `key: files`. */
import { expect, test } from 'vitest';
import { groupsOf } from './groups.ts';
import { cardTitle, groupNames } from './names.ts';

function drawn(paths: string[], edges: string[] = [], dead: (path: string) => boolean = () => false): string[] {
  const pairs = edges.map((each) => each.split(' -> ')).map(([a, b]) => ({ src: paths.indexOf(a), dst: paths.indexOf(b) }));
  const { folders, groupOf } = groupsOf(paths, pairs, dead);
  return folders.map((key, at) => `${key}: ${paths.filter((_, n) => groupOf[n] === at).join(' ')}`);
} // prettier-ignore

const files = (folder: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${folder}/f${n}.ts`);

test('a small workspace is one group', () => {
  expect(drawn(['src/a.ts', 'src/b.ts'])).toEqual(['src: src/a.ts src/b.ts']);
});

test('folders, as far in as all files are', () => {
  expect(drawn(['a/x/1.ts', 'a/x/2.ts', 'b/1.ts', 'b/2.ts'])).toEqual([
    'a/x: a/x/1.ts a/x/2.ts',
    'b: b/1.ts b/2.ts',
  ]);
});

test('a file that is alone in its folder stays with those around it', () => {
  const paths = ['a.ts', 'b.ts', 'legacy/soap.ts', ...files('db', 2)];
  expect(drawn(paths)).toEqual([': a.ts b.ts legacy/soap.ts', 'db: db/f0.ts db/f1.ts']);
});

test('what begins everything stands apart from what everything uses', () => {
  const paths = ['src/errors.ts', 'src/flags.ts', 'src/main.ts', 'src/server.ts', ...files('src/web', 3)];
  const edges = ['src/main.ts -> src/server.ts', 'src/server.ts -> src/web/f0.ts', 'src/web/f0.ts -> src/errors.ts', 'src/web/f1.ts -> src/flags.ts'];
  expect(drawn(paths, edges)).toEqual([
    'src: src/errors.ts src/flags.ts',
    'src/*: src/main.ts src/server.ts',
    'src/web: src/web/f0.ts src/web/f1.ts src/web/f2.ts',
  ]);
}); // prettier-ignore

test('many files that never ran stand apart', () => {
  const paths = [...files('rules', 60), ...files('web', 4)];
  const groups = drawn(paths, [], (path) => path.startsWith('rules') && !/f[0-9]\.ts/.test(path));
  expect(groups.map((line) => `${line.split(':')[0]} ${line.split(' ').length - 1}`)).toEqual(['rules 10', 'rules/! 50', 'web 4']); // prettier-ignore
});

test('names say what is in them, and differ', () => {
  const folders = [
    '',
    'packages/ui/src',
    'packages/core/src',
    'packages/core/src/db',
    'src/http',
    'test/http',
  ];
  expect(groupNames(folders, [{ folder: '', name: 'shop' }])).toEqual(['SHOP', 'UI/SRC', 'CORE/SRC', 'DB', 'SRC/HTTP', 'TEST/HTTP']); // prettier-ignore
});

test.each([
  ['src/http/router.ts', 'src', 'http/router.ts'],
  ['src/http/router.ts', 'src/http', 'router.ts'],
  ['src/http/index.ts', 'src/http', 'http/index.ts'],
  ['index.ts', '', 'index.ts'],
])('%s in %s is %s', (path, folder, title) => expect(cardTitle(path, folder)).toBe(title));
