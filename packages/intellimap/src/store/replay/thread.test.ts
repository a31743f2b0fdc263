import { describe, expect, test } from 'vitest';
import { letterOf, newReplay, play, tree, wordsOf } from './fixtures/picture.ts';
import { EDGE } from './edges.ts';
import { NODE } from './program.ts';

const treeOf = (text: string) => tree(play(text).sinks);

describe('sync calls', () => {
  test('a call tree follows from order', () => {
    expect(treeOf('a{ b{ }b b{ c{ }c }b }a')).toEqual([
      'a 0-7 self 3',
      '  b 1-2 self 1',
      '  b 3-6 self 2',
      '    c 4-5 self 1',
    ]);
  });
  test('an exception leaves calls one by one', () => {
    expect(treeOf('a{ b{ c{ !c !b }a')).toEqual([
      'a 0-5 self 2',
      '  b 1-4 self 2 threw',
      '    c 2-3 self 1 threw',
    ]);
  });
  test('calls that vanished are unknown, up to the one that ends', () => {
    expect(treeOf('a{ b{ c{ }a')).toEqual([
      'a 0-3 self 1',
      '  b 1-3 self 1 unknown',
      '    c 2-3 self 1 unknown',
    ]);
  });
  test('who catches an exception tells that it left calls which do not', () => {
    expect(tree(play('a{ b{ c{ v1a d{ }d }a', { unseen: 'bc' }).sinks)).toEqual([
      'a 0-6 self 3',
      '  b 1-3 self 1 threw',
      '    c 2-3 self 1 threw',
      '  d 4-5 self 1',
    ]);
    // b would have told: it goes on, whoever caught it.
    expect(tree(play('a{ b{ v1a d{ }d }b }a').sinks)).toContain('    d 3-4 self 1');
    // An exception that was caught further in.
    expect(tree(play('a{ b{ v1b d{ }d }b }a', { unseen: 'b' }).sinks)).toContain('    d 3-4 self 1');
  });
  test('calls that a full stack kept from telling their ends are over where that is caught', () => {
    // Of the three ends that two tell, the deepest has none: whose they are cannot be seen.
    const text = 'm{ r{ r{ r{ !r !r v9m d{ }d }m';
    expect(tree(play(text, { fullStacks: [9] }).sinks)).toEqual([
      'm 0-9 self 3',
      '  r 1-6 self 2 threw',
      '    r 2-5 self 2 threw',
      '      r 3-4 self 1 threw',
      '  d 7-8 self 1',
    ]);
    // Any other error: they go on.
    expect(tree(play(text).sinks)).toContain('    d 7-8 self 1');
    // Caught by nobody who is on the stack.
    expect(tree(play('m{ r{ v9x d{ }d }r }m', { fullStacks: [9] }).sinks)).toContain('    d 3-4 self 1');
  });
  test('what nobody caught has left everything', () => {
    expect(tree(play('m{ f{ # d{ }d', { unseen: 'mf' }).sinks)).toEqual([
      'm 0-2 self 1 threw',
      '  f 1-2 self 1 threw',
      'd 3-4 self 1',
    ]);
  });
  test('an async function goes on when the stack is empty: a module on it has failed', () => {
    expect(tree(play('A1{ ~1 m{ f{ }f >1 d{ }d }1', { unseen: 'm', async: 'A' }).sinks)).toEqual([
      'A 0-8 self 3 wait 4',
      'm 2-5 self 2 threw',
      '  f 3-4 self 1',
      '  d 6-7 self 1',
    ]);
    // A generator goes on wherever it is asked to.
    expect(tree(play('G1{ ~1 m{ >1 }1 }m', { unseen: 'm' }).sinks)).toEqual([
      'G 0-4 self 2 wait 2',
      'm 2-5 self 2',
    ]);
  });
  test('an end without a beginning is counted, and changes nothing', () => {
    const { replay, sinks } = play('a{ }z b{ }b }a }a');
    expect(replay.orphans).toBe(2);
    expect(tree(sinks)).toEqual(['a 0-4 self 3', '  b 2-3 self 1']);
  });
  test('calls stay open when the recording ends', () => {
    const { replay, sinks } = play('a{ b{ }b c{');
    expect(replay.callsOpen).toBe(2);
    expect(tree(sinks)).toEqual(['a 0-… self 2 open', '  b 1-2 self 1', '  c 3-… self 1 open']);
  });
});

describe('async calls and generators', () => {
  test('a frame keeps its parent when it comes back alone', () => {
    expect(treeOf('a{ B1{ ~1 }a c{ }c >1 d{ }d }1')).toEqual([
      'a 0-3 self 2',
      '  B 1-9 self 3 wait 4',
      'c 4-5 self 1',
      '    d 7-8 self 1',
    ]);
  });
  test('two requests interleave', () => {
    expect(treeOf('A1{ ~1 A2{ ~2 >1 ~1 >2 }2 >1 }1')).toEqual(['A 0-9 self 3 wait 6', 'A 2-7 self 2 wait 3']);
  });
  test('a generator runs on top of whoever asks', () => {
    expect(treeOf('a{ G1{ ~1 b{ >1 c{ }c ~1 }b >1 }1 }a')).toEqual([
      'a 0-11 self 4',
      '  G 1-10 self 4 wait 4',
      '  b 3-8 self 2',
      '    c 5-6 self 1',
    ]);
  });
  test('a generator that begins as another one delegates to it is called by that one, which waits while it waits', () => {
    const generators = 'GH';
    expect(tree(play('a{ G1{ ~1 *1 H2{ b{ }b ~2 c{ }c >2 }2 >1 }1 }a', { generators }).sinks)).toEqual([
      'a 0-14 self 7',
      '  G 1-13 self 2 wait 7',
      '    H 4-11 self 3 wait 3',
      '      b 5-6 self 1',
      '  c 8-9 self 1',
    ]);
    // It ends before it ever waits; an async function that loops over one, and goes on by itself.
    expect(tree(play('a{ G1{ ~1 *1 H2{ }2 >1 }1 }a', { generators }).sinks)).toContain('    H 4-5 self 1');
    expect(tree(play('a{ A1{ ~1 *1 H2{ ~2 b{ }b }a >2 }2 >1 }1', { generators, async: 'A' }).sinks)).toEqual([
      'a 0-8 self 5',
      '  A 1-12 self 2 wait 8',
      '    H 4-10 self 2 wait 4',
      '  b 6-7 self 1',
    ]);
  });
  test('a generator inside of one inside of one', () => {
    expect(
      tree(play('a{ F1{ ~1 *1 G2{ ~2 *2 H3{ ~3 b{ }b >3 }3 >2 }2 >1 }1 }a', { generators: 'FGH' }).sinks),
    ).toEqual([
      'a 0-17 self 10',
      '  F 1-16 self 2 wait 12',
      '    G 4-14 self 2 wait 7',
      '      H 7-12 self 2 wait 3',
      '  b 9-10 self 1',
    ]);
  });
  test('what does not begin right then, or is no generator, was called by whoever asked', () => {
    const generators = 'GH';
    const parentIsA = (text: string, letter = 'H') =>
      tree(play(text, { generators }).sinks).find((line) => line.includes(letter));
    expect(parentIsA('a{ G1{ ~1 H2{ ~2 }a')).toMatch(/^ {2}H/);
    expect(parentIsA('a{ G1{ ~1 *1 b{ }b H2{ ~2 }a')).toMatch(/^ {2}H/);
    expect(parentIsA('a{ G1{ ~1 *1 A2{ ~2 }a', 'A')).toMatch(/^ {2}A/);
    expect(parentIsA('a{ G1{ ~1 *1 ?3 H2{ ~2 }a')).toMatch(/^H/);
  });
  test('it does not matter how the words come in', () => {
    const text = 'a{ G1{ ~1 *1 H2{ ~2 >2 }2 >1 }1 }a';
    const { words } = wordsOf(text);
    const whole = tree(play(text, { generators: 'GH' }).sinks).map(
      (line) => line.trimEnd().split(' ')[0] + line.trim()[0],
    );
    for (const at of [7, 8]) {
      const { replay, sinks } = newReplay(undefined, { generators: 'GH' });
      replay.feed(words.subarray(0, at), { position: [0, at], time: [1000, 1030] });
      replay.feed(words.subarray(at), { position: [0, words.length - at], time: [1030, 1200] });
      replay.finish();
      expect(tree(sinks).map((line) => line.trimEnd().split(' ')[0] + line.trim()[0])).toEqual(whole);
      expect(tree(sinks).find((line) => line.includes('H'))).toMatch(/^ {4}H/);
    }
  });
  test('resume with site 0 means: on the stack, if it was not', () => {
    expect(treeOf('A1{ >>1 ~1 >>1 !1')).toEqual(['A 0-4 self 3 wait 1 threw']);
  });
  test('a suspended frame may end without coming back', () => {
    expect(treeOf('A1{ ~1 }1')).toEqual(['A 0-2 self 1 wait 1']);
  });
  test('sync calls above a frame that suspends are unknown', () => {
    expect(treeOf('A1{ b{ ~1 >1 }1')).toEqual(['A 0-4 self 2 wait 1', '  b 1-2 self 1 unknown']);
  });
  test('unknown frames are orphans; an id used again ends the older frame', () => {
    const { replay, sinks } = play('>7 ~7 }7 A1{ ~1 A1{ }1');
    expect(replay.orphans).toBe(3);
    expect(tree(sinks)).toEqual(['A 3-5 self 1 wait 1 unknown', 'A 5-6 self 1']);
  });
});

describe('aggregates', () => {
  const node = (text: string, letter: string) => {
    const { sinks } = play(text);
    const fn = [...Array(60).keys()].find((k) => letterOf(k) === letter)!;
    return (field: number) => sinks.aggregates.of(fn, field);
  };
  test('recursion counts once in total time', () => {
    const a = node('a{ a{ a{ }a }a b{ a{ }a }b }a', 'a');
    expect([a(NODE.HITS), a(NODE.SELF), a(NODE.TOTAL), a(NODE.ROOTS)]).toEqual([4, 70, 90, 1]);
  });
  test('concurrent async calls each count', () => {
    const a = node('A1{ ~1 A2{ ~2 >1 }1 >2 }2', 'A');
    expect([a(NODE.HITS), a(NODE.SELF), a(NODE.TOTAL), a(NODE.WAIT)]).toEqual([2, 40, 100, 60]);
  });
  test('edges count every call and know its duration', () => {
    const { sinks } = play('a{ b{ }b b{ }b c{ b{ }b }c }a');
    const { edges } = sinks.aggregates;
    const rows = Array.from({ length: edges.size }, (_, e) => {
      const at = (field: number) => edges.records[e * EDGE.STRIDE + field];
      const [p50] = edges.latencies.quantiles(e, [0.5]);
      return `${letterOf(at(EDGE.SRC))}${letterOf(at(EDGE.DST))} ${at(EDGE.COUNT)} ${at(EDGE.TOTAL)} ~${Math.round(p50)}`;
    });
    expect(rows).toEqual(['ab 2 20 ~10', 'ac 1 30 ~31', 'cb 1 10 ~10']);
  });
});

describe('stalls: the thread waits for the recorder', () => {
  test('are in times, in no duration', () => {
    const { replay, sinks } = play('a{ b{ % % }b % }a c{ }c');
    expect(tree(sinks)).toEqual(['a 0-6 self 2 stalled 3', '  b 1-4 self 1 stalled 2', 'c 7-8 self 1']);
    const of = (fn: number) => [NODE.SELF, NODE.TOTAL].map((field) => sinks.aggregates.of(fn, field));
    expect([of(1), of(2), of(3)]).toEqual([[20, 30], [10, 10], [10, 10]]); // prettier-ignore
    expect(sinks.aggregates.edges.records[EDGE.TOTAL]).toBe(10);
    expect(sinks.tasks.rows().map(({ busy, stalled }) => [busy, stalled])).toEqual([[30, 30], [10, 0]]); // prettier-ignore
    expect([replay.stalled, replay.events, replay.timedEvents]).toEqual([30, 6, 0]);
  });
  test('while an async call is suspended, it waits, whatever for', () => {
    const { sinks } = play('A1{ % ~1 % b{ % }b >1 % }1');
    expect(tree(sinks)).toEqual(['A 0-9 self 2 wait 5 stalled 2', 'b 4-6 self 1 stalled 1']);
    expect(sinks.aggregates.of(27, NODE.TOTAL)).toBe(70);
    expect(sinks.tasks.rows().map(({ busy, stalled }) => [busy, stalled])).toEqual([[20, 20], [10, 10]]); // prettier-ignore
  });
  test('hold no event loop', () => {
    const held = (text: string) => play(text).sinks.pauses.rows().map(({ start, duration, stalled }) => [start, duration, stalled]); // prettier-ignore
    const work = (calls: number): string => 'b{ }b '.repeat(calls);
    expect(held(`a{ ${'% '.repeat(5000)} }a`)).toEqual([]);
    expect(held(`a{ % ${work(2500)} }a`)).toEqual([[1000, 50_010, 10]]);
  });
  test('come between words that belong together', () => {
    const delegates = (between: string) => play(`G1{ ${between} H2{ ~2 }1`.replaceAll('|', ''), { generators: 'GH' }); // prettier-ignore
    for (const text of ['~1 *1', '~1 % *1', '~1 *1 %', '~1 % *1 % %']) {
      const { replay, sinks } = delegates(text);
      expect(tree(sinks)[1], text).toMatch(/^ {2}H/);
      expect([...replay.reached], text).toEqual([]);
    }
  });
  test('before a loss: nothing is certain from where it began', () => {
    expect(play('a{ }a % ?5 b{ }b').replay.certainUntil).toBe(1010);
    expect(play('a{ }a ?5 b{ }b').replay.certainUntil).toBe(1010);
  });
});

describe('errors', () => {
  const errors = (text: string) =>
    play(text)
      .replay.errors()
      .map(({ kind, text: id, site, count, stack }) => {
        const lines = stack.map(({ fn, awaiting }) => (awaiting ? '*' : '') + letterOf(fn));
        return `${kind} ${id} in ${letterOf(site - 100)} x${count}: ${lines.join('<')}`;
      });
  test('an object counts once, where it was first seen', () => {
    expect(errors('a{ b{ ^3b !b v3aE ^3aE !a')).toEqual(['thrown 3 in b x1: b<a']);
  });
  test('a native error is seen by its catch clause', () => {
    expect(errors('a{ v4a }a a{ v4a }a')).toEqual(['caught 4 in a x2: a']);
  });
  test('of one place, callers are told apart: a helper throws for many', () => {
    expect(errors('a{ c{ ^3c !c !a b{ c{ ^3c !c !b a{ c{ c{ ^3c !c !c !a c{ ^3c !c')).toEqual([
      'thrown 3 in c x2: c<a',
      'thrown 3 in c x1: c<b',
      'thrown 3 in c x1: c',
    ]);
    expect(errors('A1{ c{ ^3c !c !1 B2{ ~2 D3{ ~3 }3 >2 c{ ^3c !c !2')).toEqual([
      'thrown 3 in c x1: c<A',
      'thrown 3 in c x1: c<B',
    ]);
  });
  test('the stack goes on with the calls that await', () => {
    expect(errors('A1{ B2{ ~2 ~1 >2 c{ ^5c !c !2')).toEqual(['thrown 5 in c x1: c<B<*A']);
  });
});

describe('tasks', () => {
  const tasks = (text: string, modules = '') =>
    play(text, { modules })
      .sinks.tasks.rows()
      .map(
        (task) =>
          `${task.kind} ${letterOf(task.fn)} ${(task.start - 1000) / 10}-${(task.end - 1000) / 10} calls ${task.calls} errors ${task.errors}${task.open ? ' open' : ''}`,
      );
  test('modules at start are one task, then each root is its own', () => {
    expect(tasks('m{ }m n{ a{ }a }n b{ }b m{ }m', 'mn')).toEqual([
      'main n 0-5 calls 3 errors 0',
      'callback b 6-7 calls 1 errors 0',
      'import m 8-9 calls 1 errors 0',
    ]);
  });
  test('a task lasts until its last async call ends', () => {
    expect(tasks('a{ B1{ ~1 }a c{ }c >1 d{ ^1d !d }1')).toEqual([
      'callback a 0-10 calls 3 errors 1',
      'callback c 4-5 calls 1 errors 0',
    ]);
  });
  test('a declared task owns the roots of its turns, and what they cause', () => {
    expect(tasks('[7 A1{ ~1 ]7 b{ }b >1 c{ }c }1 .7')).toEqual([
      'task A 0-10 calls 2 errors 0',
      'callback b 4-5 calls 1 errors 0',
    ]);
  });
  test('a turn inside a stack owns what begins above it', () => {
    expect(tasks('a{ [7 b{ c{ }c }b ]7 .7 d{ }d }a')).toEqual([
      'callback a 0-10 calls 2 errors 0',
      'task b 1-7 calls 2 errors 0',
    ]);
  });
  test.each(['before its words', 'after them'])(
    'one that was given up has ended with what it did last, told %s',
    (when) => {
      const { replay, sinks } = newReplay();
      const feed = (text: string, start: number) => {
        const { words, position, time } = wordsOf(text, start);
        replay.feed(words, { position, time });
      };
      if (when === 'before its words') replay.abandonTask(7);
      feed('[7 a{ }a ]7', 1000);
      if (when === 'after them') replay.abandonTask(7);
      feed('b{ }b', 9000);
      replay.finish();
      const rows = sinks.tasks.rows().map(({ kind, start, end, open }) => [kind, start, end, open]);
      expect(rows).toEqual([
        ['task', 1000, 1030, false],
        ['callback', 9000, 9010, false],
      ]);
    },
  );
  test('what is open stays open', () => {
    expect(tasks('A1{ ~1 [8 ]8')).toEqual([
      'callback A 0-4 calls 1 errors 0 open',
      'task ? 2-4 calls 0 errors 0 open',
    ]);
  });
});

describe('losses', () => {
  test('lost words end what was on the stack; frames live on', () => {
    const { replay, sinks } = play('a{ B1{ ~1 b{ ?50 }b }a >1 }1');
    expect(tree(sinks)).toEqual(['a 0-4 self 2 unknown', '  B 1-8 self 2 wait 5', '  b 3-4 self 1 unknown']);
    expect([replay.lost, replay.orphans, replay.gaps, replay.certainUntil]).toEqual([50, 2, 1, 1030]);
  });
  test('what was lost between two batches was lost after the last look that saw nothing missing', () => {
    const { replay } = newReplay();
    const words = wordsOf('a{ b{ ?50', 0).words;
    // Looks: a at 1000, b at 1010; b was there at 1400, too; the loss was told at 1500.
    replay.feed(words.subarray(0, 2), { position: [0, 1, 2], time: [1000, 1010, 1400] });
    replay.feed(words.subarray(2), { position: [0, 2], time: [1400, 1500] });
    expect([replay.lost, replay.certainUntil]).toEqual([50, 1010]);
  });
  test('after a gap the segment says where the stack stands', () => {
    const { replay, sinks } = newReplay();
    const feed = (text: string, start: number) => {
      const { words, position, time } = wordsOf(text, start);
      replay.feed(words, { position, time });
    };
    feed('a{ b{ c{', 1000);
    // Missing: c and b end, d (call 3) begins.
    replay.gap({ sites: [1, 4], calls: [0, 3], frames: [0, 0] }, 4);
    feed('e{ }e }d }a', 1100);
    replay.finish();
    expect(tree(sinks)).toEqual([
      'a 0-13 self 2',
      '  b 1-3 self 1 unknown',
      '    c 2-3 self 1 unknown',
      '  d 3-12 self 8',
      '    e 10-11 self 1',
    ]);
    expect([replay.gaps, replay.certainUntil, replay.orphans]).toEqual([1, 1030, 0]);
  });
});

describe('which calls are kept', () => {
  test('long ones, and throwing and async ones with their callers', () => {
    const short = 'b{ }b '.repeat(20);
    const { sinks } = play(`a{ ${short} c{ d{ !d }c e{ f{ }f }e E1{ ~1 }1 }a`, { limit: 8 });
    expect(sinks.calls.rule).toBe('long or special');
    expect(tree(sinks)).toEqual([
      'a 0-52 self 25',
      '  c 41-44 self 2',
      '    d 42-43 self 1 threw',
      '  e 45-48 self 2',
      '  E 49-51 self 1 wait 1',
    ]);
  });
  test('when special ones alone are too many, all must be long', () => {
    const { sinks } = play(`${'a{ }a '.repeat(30)} b{ c{ }c }b`, { limit: 10 });
    expect(sinks.calls.rule).toBe('long');
    expect(tree(sinks)).toEqual(['b 60-63 self 2']);
  });
});
