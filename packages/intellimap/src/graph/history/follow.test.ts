/** A function through small repositories: the subjects of the commits that are told, newest first, and what they did. */
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFunctions } from './find.ts';
import { GitFolder } from './fixtures/git-folder.ts';
import { follow, type HistoryEvent } from './follow.ts';
import { presentOf } from './present.ts';
import { Repository } from './repository.ts';

let folder: GitFolder;
beforeEach(() => {
  folder = new GitFolder();
});
afterEach(() => folder.remove());

const SUM = 'let total = 0; for (const line of cart.lines) total += line.price * line.count; return total;';
const SEND = 'await queue.push(order); log.info(`sent ${order.id}`); return order.id;';
const sum = (name: string, more = ''): string => `export function ${name}(cart) { ${more} ${SUM} }\n`;
const send = `export async function send(order) { ${SEND} }\n`;

async function eventsOf(
  id: string,
  root = folder.root,
  path = /^ts:([^#]+)#/.exec(id)![1],
): Promise<HistoryEvent[]> {
  const repository = await Repository.open(root);
  try {
    const events: HistoryEvent[] = [];
    const present = await presentOf(repository, { id, path });
    for await (const event of follow(repository, present)) events.push(event);
    return events;
  } finally {
    repository.close();
  }
}

/** `subject: what (what it was)` */
const told = async (id: string, root?: string): Promise<string[]> =>
  (await eventsOf(id, root)).map(({ commit, what, before, function: now }) => {
    const was = before === null || before.id === now.id ? '' : ` (${before.id.slice(3)})`;
    return `${commit?.subject ?? 'now'}: ${what.join(', ')}${was}`;
  });

describe('along a file', () => {
  test('made and edited; commits that changed others are not told', async () => {
    folder.commit('one', { 'a.js': sum('total') });
    folder.commit('two', { 'a.js': send + sum('total') });
    folder.commit('three', { 'a.js': send + sum('total', 'check(cart);') });
    folder.commit('four', { 'b.js': send });
    expect(await told('ts:a.js#total')).toEqual(['three: edited', 'one: made']);
    const [newest] = await eventsOf('ts:a.js#total');
    expect(newest).toMatchObject({
      commit: { author: 'Ada', at: Date.parse('2026-01-03T12:00:00Z'), subject: 'three' },
      function: { name: 'total', line: 2 },
      reason: 'same place',
    });
  });

  test('renamed, by itself and with its class', async () => {
    const cart = (name: string, method: string): string =>
      `class ${name} { ${method}(cart) { ${SUM} } async send(order) { ${SEND} } }`;
    folder.commit('one', { 'a.ts': cart('Cart', 'sum') });
    folder.commit('two', { 'a.ts': cart('Cart', 'total') });
    folder.commit('three', { 'a.ts': cart('Basket', 'total') });
    expect(await told('ts:a.ts#class Basket/total')).toEqual([
      'three: renamed (a.ts#class Cart/total)',
      'two: renamed (a.ts#class Cart/sum)',
      'one: made',
    ]);
  });

  test('removed, and made again', async () => {
    folder.commit('one', { 'a.js': sum('total') + send });
    folder.commit('two', { 'a.js': send });
    folder.commit('three', { 'a.js': `// more\n${send}` });
    folder.commit('four', { 'a.js': sum('total') + send });
    expect(await told('ts:a.js#total')).toEqual(['four: made', 'two: removed', 'one: made']);
  });

  test('one that is gone, and one that is somebody else now, by the id that it had', async () => {
    folder.commit('one', { 'a.js': sum('total') + send });
    folder.commit('two', { 'a.js': sum('sum') + send });
    folder.commit('three', { 'a.js': sum('sum') });
    expect(await told('ts:a.js#send')).toEqual(['three: removed', 'one: made']);
    expect(await told('ts:a.js#total')).toEqual(['two: renamed (a.js#total)', 'one: made']);
    expect(await told('ts:a.js#nobody')).toEqual([]);
  });

  test('by an id of long ago: who it is now, and all that happened since', async () => {
    folder.commit('one', { 'a.js': sum('one') + send });
    folder.commit('two', { 'a.js': sum('two') + send });
    folder.commit('three', { 'a.js': sum('two', 'check(cart);') + send });
    folder.commit('broken', { 'a.js': `<<<<<<< HEAD\n${sum('two', 'check(cart);')}` });
    folder.commit('four', { 'a.js': sum('three', 'check(cart);') + send });
    folder.commit('five', { 'a.js': send, 'b.js': sum('three', 'check(cart);') });
    const since = [
      'five: moved (a.js#three)',
      'four: renamed (a.js#two)',
      'three: edited',
      'two: renamed (a.js#one)',
      'one: made',
    ];
    for (const id of ['ts:b.js#three', 'ts:a.js#three', 'ts:a.js#two', 'ts:a.js#one'])
      expect(await told(id)).toEqual(since);
    folder.write({ 'b.js': sum('now', 'check(cart);') });
    expect(await told('ts:a.js#one')).toEqual(['now: renamed (b.js#three)', ...since]);
    folder.commit('six', { 'b.js': '// nothing\n' });
    expect(await told('ts:a.js#one')).toEqual(['six: removed', ...since]);
  });

  test('a number that tells it from others of its name is no change, and both ids are its own', async () => {
    const use = (...bodies: string[]): string =>
      bodies.map((body) => `app.use(() => { ${body} });`).join('\n');
    folder.commit('one', { 'a.js': use(SUM.replace('return total', 'done(total)')) });
    folder.commit('two', { 'a.js': use('first(1, 2, 3)', SUM.replace('return total', 'done(total)')) });
    const events = await eventsOf('ts:a.js#app.use@0~1');
    expect(events.map(({ commit, ids }) => [commit?.subject, ids])).toEqual([
      ['one', ['ts:a.js#app.use@0~1', 'ts:a.js#app.use@0']],
    ]);
  });

  test('a commit whose text cannot be parsed is passed over', async () => {
    folder.commit('one', { 'a.js': sum('total') });
    folder.commit('two', { 'a.js': `<<<<<<< HEAD\n${sum('total')}` });
    folder.commit('three', { 'a.js': sum('total', 'check(cart);') });
    expect(await told('ts:a.js#total')).toEqual(['three: edited', 'one: made']);
  });
});

describe('between files', () => {
  test('with a file that has another name, edited at once', async () => {
    folder.commit('one', { 'a.js': sum('total') + send });
    folder.commit('two', { 'a.js': null, 'lib/b.js': sum('total', 'check(cart);') + send });
    expect(await told('ts:lib/b.js#total')).toEqual(['two: moved, edited (a.js#total)', 'one: made']);
    expect(await told('ts:lib/b.js#send')).toEqual(['two: moved (a.js#send)', 'one: made']);
  });

  test('from one file to another, and what happened there before', async () => {
    folder.commit('one', { 'a.js': sum('total'), 'b.js': '' });
    folder.commit('two', { 'a.js': sum('total', 'check(cart);') + send });
    folder.commit('three', { 'a.js': send, 'b.js': sum('total', 'check(cart);') });
    folder.commit('four', { 'b.js': `\n\n${sum('total', 'check(cart);')}` });
    expect(await told('ts:b.js#total')).toEqual(['three: moved (a.js#total)', 'two: edited', 'one: made']);
  });
});

describe('branches', () => {
  test('a merge tells nothing by itself: who edited is told, on whatever side', async () => {
    folder.commit('one', { 'a.js': sum('total') + send });
    folder.git('checkout', '-qb', 'side');
    folder.commit('on the side', { 'a.js': sum('total', 'check(cart);') + send });
    folder.git('checkout', '-q', 'main');
    folder.commit('two', { 'a.js': `${sum('total')}${send}\n// more` });
    folder.git('merge', '-q', '--no-edit', '-m', 'merged', 'side');
    expect(await told('ts:a.js#total')).toEqual(['on the side: edited', 'one: made']);
  });

  test('renamed on one side, edited on the other: both are followed', async () => {
    folder.commit('one', { 'a.js': `${sum('total')}\n\n\n${send}` });
    folder.git('checkout', '-qb', 'side');
    folder.commit('renamed there', { 'a.js': `${sum('sum')}\n\n\n${send}` });
    folder.git('checkout', '-q', 'main');
    folder.commit('edited here', { 'a.js': `${sum('total', 'check(cart);')}\n\n\n${send}` });
    expect(() => folder.git('merge', '-q', '-m', 'merged', 'side')).toThrow();
    folder.commit('merged', { 'a.js': `${sum('sum', 'check(cart);')}\n\n\n${send}` });
    expect((await told('ts:a.js#sum')).toSorted()).toEqual([
      'edited here: edited',
      'merged: renamed (a.js#total)',
      'one: made',
      'renamed there: renamed (a.js#total)',
    ]);
  });
});

describe('the work tree', () => {
  test('what is not committed is told first', async () => {
    folder.commit('one', { 'a.js': sum('total') });
    folder.write({ 'a.js': sum('total', 'check(cart);') + send });
    expect(await told('ts:a.js#total')).toEqual(['now: edited', 'one: made']);
    expect(await told('ts:a.js#send')).toEqual(['now: made']);
  });

  test('moved to a file that git knows of, and not committed', async () => {
    folder.commit('one', { 'a.js': sum('total') });
    folder.git('mv', 'a.js', 'b.js');
    expect(await told('ts:b.js#total')).toEqual(['now: moved (a.js#total)', 'one: made']);
  });

  test('a workspace within a repository: paths are its own, and those outside begin with ..', async () => {
    folder.commit('one', { 'lib/a.js': sum('total') });
    folder.commit('two', { 'lib/a.js': null, 'app/src/ä b.js': sum('total') });
    folder.commit('three', { 'app/src/ä b.js': sum('total', 'check(cart);') });
    expect(await told('ts:src/ä b.js#total', `${folder.root}/app`)).toEqual([
      'three: edited',
      'two: moved (../lib/a.js#total)',
      'one: made',
    ]);
  });

  test('no repository, or none with a commit', async () => {
    await expect(Repository.open(folder.root)).rejects.toThrow('git knows no commit of');
  });
});

describe('whatever a repository is like', () => {
  test.each(['a b.js', '-x.js', '--output=c.js', ':(glob)*.js', '"quoted".js', 'ünïcode/日本.js', 'back\\slash.js', '[a].js', '*.js', '@{u}.js'])(
    'a file with the name %s', async (name) => {
      folder.commit('one', { [name]: sum('total'), 'other.js': send });
      folder.commit('two', { [name]: sum('total', 'check(cart);') });
      folder.commit('three', { 'other.js': `${send}${send.replace('send', 'sendAll')}` });
      expect(await told(`ts:${name}#total`)).toEqual(['two: edited', 'one: made']);
    }); // prettier-ignore

  test('links, folders of other repositories, what is no text, another case', async () => {
    folder.commit('one', {
      'a.js': sum('total'),
      'binary.js': 'a\0b',
      'large.js': `/*${'x'.repeat(5 << 20)}*/`,
    });
    symlinkSync('a.js', join(folder.root, 'link.js'));
    const commit = folder.git('rev-parse', 'HEAD').trim();
    folder.git('update-index', '--add', '--cacheinfo', `160000,${commit},module.js`);
    folder.git('commit', '-qm', 'two');
    folder.commit('three', { 'binary.js': 'c\0d', 'large.js': 'small', 'a.js': null, 'A.js': sum('total') });
    folder.git('checkout', '-q', '--detach');
    expect(await told('ts:A.js#total')).toEqual(['three: moved (a.js#total)', 'one: made']);
  });

  test('what it is configured to do is not done', async () => {
    folder.commit('one', { 'lib/a.js': sum('total') });
    folder.commit('zwölf', { 'lib/a.js': sum('total', 'check(cart);') });
    folder.commit('three', { 'lib/a.js': null, 'lib/b.js': sum('total', 'check(cart);') });
    const spy = join(folder.root, 'spy.sh');
    writeFileSync(spy, `#!/bin/sh\necho "$0" >> '${folder.root}/ran'\ncat\n`, { mode: 0o755 });
    writeFileSync(join(folder.root, '.gitattributes'), '*.js diff=spy filter=spy\n');
    const configured = {
      'core.fsmonitor': spy, 'diff.external': spy, 'diff.spy.textconv': spy, 'diff.spy.command': spy, 'core.pager': spy, 'pager.log': spy, 'log.follow': 'true', 'log.showRoot': 'false',
      'log.date': 'relative', 'grep.fullName': 'true', 'grep.lineNumber': 'true', 'submodule.recurse': 'true', 'i18n.logOutputEncoding': 'ISO-8859-1', 'color.ui': 'always', 'color.grep': 'always', 'diff.renames': 'false', 'diff.renameLimit': '1', 'diff.noprefix': 'true',
    };
    for (const [name, value] of Object.entries(configured)) folder.git('config', name, value);
    const root = join(folder.root, 'lib');
    writeFileSync(join(root, 'b.js'), sum('total', 'check(cart);'));
    expect(await told('ts:b.js#total', root)).toEqual(['three: moved (a.js#total)', 'zwölf: edited', 'one: made']);
    const repository = await Repository.open(root);
    expect((await findFunctions(repository, 'total')).map(({ id }) => id)).toEqual(['ts:b.js#total']);
    repository.close();
    expect(existsSync(join(folder.root, 'ran'))).toBe(false);
  }); // prettier-ignore
});

test('thousands of commits of other files are not looked at', async () => {
  folder.commit('one', { 'a.js': sum('total') });
  for (let k = 2; k < 20; k++) folder.commit(`other ${k}`, { 'b.js': `${send}// ${k}` });
  const repository = await Repository.open(folder.root);
  let commits = 0;
  for await (const { commit } of follow(
    repository,
    { id: 'ts:a.js#total', path: 'a.js' },
    { onProgress: (count) => (commits = count) },
  ))
    expect(commit?.subject).toBe('one');
  repository.close();
  expect(commits).toBe(1);
});

describe('found', () => {
  const found = async (name: string): Promise<string[]> => {
    const repository = await Repository.open(folder.root);
    try {
      return (await findFunctions(repository, name)).map(({ id }) => id.slice(3));
    } finally {
      repository.close();
    }
  };

  test('by name, end of the name, whatever its case, part, id, path', async () => {
    folder.commit('one', {
      'a.ts': `class Cart { total() { return 1 } } class Order { total() { return 2 } subtotal() { return 3 } } ${send}`,
      'b.js': 'list.map((x) => x); // total',
      'notes.md': 'send total',
    });
    expect(await found('Cart.total')).toEqual(['a.ts#class Cart/total']);
    expect(await found('total')).toEqual(['a.ts#class Cart/total', 'a.ts#class Order/total']);
    expect(await found('SEND')).toEqual(['a.ts#send']);
    expect(await found('subt')).toEqual(['a.ts#class Order/subtotal']);
    expect(await found('list.map callback')).toEqual(['b.js#list.map@0']);
    expect(await found('ts:a.ts#class Order/total')).toEqual(['a.ts#class Order/total']);
    expect(await found('a.ts')).toEqual(['a.ts#']);
    expect(await found('nothing like it')).toEqual([]);
    expect(await found('-e')).toEqual([]);
  });
});
