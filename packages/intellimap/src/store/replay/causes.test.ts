import { describe, expect, test } from 'vitest';
import { letterOf, newReplay, play, type Replayed, wordsOf } from './fixtures/picture.ts';

/** `a ─timeout─▶ b` for links, and tasks as `main a b`: kind, and the functions of its calls. */
function causes({ sinks }: Replayed): { links: string[]; tasks: string[] } {
  const { calls, links, tasks } = sinks;
  const rows = Array.from({ length: calls.size }, (_, i) => i).toSorted((a, b) => calls.id[a] - calls.id[b]);
  const nameOf = new Map(rows.map((i) => [calls.id[i], letterOf(calls.fn[i])]));
  return {
    links: links.rows.map(({ from, to, kind }) => `${nameOf.get(from)} ─${kind}─▶ ${nameOf.get(to)}`),
    tasks: tasks.rows().map(({ id, kind, name, calls: count }) => {
      const own = rows.filter((i) => tasks.idOf(1, calls.task[i]) === id).map((i) => letterOf(calls.fn[i]));
      return `${name ?? kind} ${own.join(' ')}${own.length === count ? '' : ` (${count})`}`;
    }),
  };
}

describe('who scheduled a root call', () => {
  test('its task goes on in what it schedules', () => {
    expect(
      causes(play('m{ }m =1<0module a{ b{ }b }a =2<1timeout c{ }c =3<2immediate', { modules: 'm' })),
    ).toEqual({
      links: ['m ─timeout─▶ a', 'a ─immediate─▶ c'],
      tasks: ['main m a b c'],
    });
  });
  test('microtasks are set off by the turn before them', () => {
    expect(
      causes(play('m{ }m =1<0module a{ }a =2<1timeout b{ }b =0<2microtask c{ }c =4<2tick', { modules: 'm' }))
        .links,
    ).toEqual(['m ─timeout─▶ a', 'a ─microtask─▶ b', 'a ─tick─▶ c']);
  });
  test('turns without words pass on what scheduled them: the probe says so', () => {
    expect(causes(play('m{ }m =1<0module a{ }a =9<1fs', { modules: 'm' })).links).toEqual(['m ─fs─▶ a']);
  });
  test('nobody knows: a task of its own', () => {
    expect(causes(play('m{ }m =1<0module a{ }a =2<0socket b{ }b =3<99timeout', { modules: 'm' }))).toEqual({
      links: [],
      tasks: ['main m', 'callback a', 'callback b'],
    });
  });
  test('an async call that goes on between turns schedules, also when it has ended since', () => {
    const { links, tasks } = causes(
      play('m{ A1{ ~1 }m =1<0module >1 }1 =0<4microtask b{ }b =6<f1timeout', { modules: 'm' }),
    );
    expect({ links, tasks }).toEqual({ links: ['A ─timeout─▶ b'], tasks: ['main m A b'] });
  });
  test('an async root takes the calls it makes later along', () => {
    const text = 'm{ }m =1<0module A1{ ~1 =2<1timeout b{ }b =3<0socket >1 c{ }c }1 =0<3microtask';
    expect(causes(play(text, { modules: 'm' })).tasks).toEqual(['main m A c', 'callback b']);
  });
  test('one that has not ended is part of the task, too', () => {
    expect(
      causes(play('m{ }m =1<0module A1{ ~1 =2<1timeout b{ }b =3<2timeout', { modules: 'm' })).tasks,
    ).toEqual(['main m A b']);
  });
});

describe('tasks that come from outside', () => {
  const text =
    'm{ }m =1<0module [7 a{ }a ]7 =5<1socket b{ }b =6<5timeout .7 [8 a{ }a ]8 =7<5socket c{ }c =8<7tick c{ }c =9<6tick .8';
  test('nobody here scheduled them, and what they schedule is theirs, on the same connection', () => {
    expect(causes(play(text, { modules: 'm' }))).toEqual({
      links: ['a ─timeout─▶ b', 'a ─tick─▶ c', 'b ─tick─▶ c'],
      tasks: ['main m', 'task a b c', 'task a c'],
    });
  });
  test('what they are may be told when they are done', () => {
    const all = newReplay();
    const { words, position, time } = wordsOf('[7 a{ }a ]7 =5<1socket .7');
    all.replay.feed(words, { position, time });
    all.replay.describeTask(7, { kind: 'request', name: 'GET /a', trace: null, parent: null });
    all.replay.finish();
    expect(causes(all).tasks).toEqual(['GET /a a']);
  });
});

describe('turns within turns', () => {
  test('in a call, what the inner one schedules belongs to that call', () => {
    const text = 'm{ }m =1<0module a{ =2<1timeout b{ }b =3<1resource+ }a =2<1timeout c{ }c =4<3timeout';
    expect(causes(play(text, { modules: 'm' }))).toEqual({
      links: ['m ─timeout─▶ a', 'a ─timeout─▶ c'],
      tasks: ['main m a b c'],
    });
  });
  test('with no call around, the inner one stands for who made it', () => {
    const text = 'm{ }m =1<0module a{ }a =2<1timeout b{ }b =4<2resource+ c{ }c =3<0socket d{ }d =5<4tick';
    expect(causes(play(text, { modules: 'm' }))).toEqual({
      links: ['m ─timeout─▶ a', 'a ─resource─▶ b', 'b ─tick─▶ d'],
      tasks: ['main m a b d', 'callback c'],
    });
  });
});

describe('what is missing is not guessed', () => {
  test('after a loss, roots that came before it are not taken for those of the turn', () => {
    expect(causes(play('m{ }m =1<0module a{ }a ?5 b{ }b =2<1timeout', { modules: 'm' }))).toEqual({
      links: ['m ─timeout─▶ b'],
      tasks: ['main m b', 'callback a'],
    });
  });
  test('turns that are too long ago have no link', () => {
    const long = Array.from({ length: 70_000 }, (_, k) => `b{ }b =${k + 2}<0timeout`).join(' ');
    expect(
      causes(play(`m{ }m =1<0module ${long} a{ }a =70003<1timeout`, { modules: 'm', limit: 10 })).links,
    ).toEqual([]);
  });
  test('a word of a newer recorder is passed over', () => {
    const { replay, sinks } = newReplay();
    replay.feed(Int32Array.from([(77 << 4) | 12, 1, 1000]), { position: [0, 3], time: [1000, 1010] });
    replay.finish();
    expect([sinks.links.rows, sinks.tasks.rows()]).toEqual([[], []]);
  });
});
