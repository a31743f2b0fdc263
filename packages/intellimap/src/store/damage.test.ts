import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshStore } from './fixtures/stored.ts';
import { loadRun, refresh } from './index.ts';

const stored = freshStore();
const { open, rows, one } = stored;

const damage = (file: string, at: number) => {
  const bytes = readFileSync(file);
  bytes[at] = bytes[at] ^ 0x55;
  writeFileSync(file, bytes);
};
test('a cut segment gives what is whole', async () => {
  const dir = stored.workspace.run('r1', {
    '7-0': [{ picture: 'a{ b{ }b' }, { picture: 'c{ }c }a', end: true }],
  });
  const file = join(dir, 'threads/7-0/000002.seg');
  truncateSync(file, readFileSync(file).length - 5);
  await open();
  await loadRun(stored.store, dir);
  expect(await rows('SELECT name, damaged FROM segments ORDER BY 1')).toEqual([
    'threads/7-0/000001.seg 0',
    'threads/7-0/000002.seg 0',
  ]);
  expect(await one('SELECT complete, calls_total FROM runs')).toEqual({ complete: false, calls_total: 3 });
});
test('a damaged part in the middle is a gap; what follows is right again', async () => {
  const dir = stored.workspace.run('r1', {
    '7-0': [{ picture: 'a{ b{' }, { picture: '}b c{' }, { picture: 'd{ }d }c }a', end: true }],
  });
  const file = join(dir, 'threads/7-0/000002.seg');
  damage(file, readFileSync(file).length - 3);
  await open();
  await loadRun(stored.store, dir);
  expect(
    await rows(
      'SELECT call_id, parent_call_id, f.name, outcome FROM calls JOIN functions f USING (function_id) ORDER BY 1',
    ),
  ).toEqual(['0  a returned', '1 0 b unknown', '2 0 c returned', '3 2 d returned']);
  expect(await one('SELECT gaps, orphans, certain_until_us FROM threads')).toEqual({
    gaps: 1,
    orphans: 0,
    certain_until_us: 20,
  });
  expect(await one('SELECT certain_until_us FROM segments WHERE damaged > 0')).toEqual({
    certain_until_us: 20,
  });
});
test('a missing segment is a gap', async () => {
  const dir = stored.workspace.run('r1', {
    '7-0': [{ picture: 'A1{ ~1 a{ b{' }, { picture: '}b c{' }, { picture: '}c }a >1 }1', end: true }],
  });
  writeFileSync(join(dir, 'threads/7-0/000002.seg'), '');
  await open();
  await loadRun(stored.store, dir);
  expect(await one('SELECT gaps, orphans, calls_open FROM threads')).toEqual({
    gaps: 1,
    orphans: 0,
    calls_open: 0,
  });
});
test('rubbish in JSON files is passed over; a run without run.json does not hide the others', async () => {
  const dir = stored.workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] });
  writeFileSync(
    join(dir, 'modules/7-0.ndjson'),
    `{"t":"lo\n${readFileSync(join(dir, 'modules/7-0.ndjson'), 'utf8')}\n{"cut`,
  );
  stored.workspace.write('r0', 'run.json', '{');
  const { loaded, failed } = await refresh(stored.workspace.root);
  expect([loaded, failed.map(({ run }) => run)]).toEqual([['r1'], ['r0']]);
});
