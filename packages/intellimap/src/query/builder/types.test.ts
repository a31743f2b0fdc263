/** What the compiler says of questions: it is checked with the types of all tests (`tsc -p tsconfig.tests.json`), where an error that is expected and does not come is one. */
import { expectTypeOf, test } from 'vitest';
import type { FunctionRow, KnownCall, ModuleRow, Recording } from './index.ts';

/** Never asked: only types count. */
const never = (asked: () => unknown): void => void asked;
declare const recording: Recording;

test('rows have the types of their fields', () => {
  never(async () => {
    expectTypeOf(await recording.functions().rows()).toEqualTypeOf<FunctionRow[]>();
    expectTypeOf(await recording.functions().first()).toEqualTypeOf<FunctionRow | undefined>();
    expectTypeOf(await recording.calls().ran().rows()).toEqualTypeOf<KnownCall[]>();
    expectTypeOf(await recording.modules().neverLoaded().rows()).toEqualTypeOf<ModuleRow[]>();
  });
  expectTypeOf<FunctionRow['p95']>().toEqualTypeOf<number | null>();
  expectTypeOf<FunctionRow['calls']>().toEqualTypeOf<number>();
  expectTypeOf<FunctionRow['isExported']>().toEqualTypeOf<boolean>();
  expectTypeOf<KnownCall['to']>().toEqualTypeOf<string | null>();
  expectTypeOf<ModuleRow['entry']>().toEqualTypeOf<string | null>();
});

test('groups have the field, and what was asked', () => {
  never(async () => {
    const groups = await recording
      .functions()
      .groupBy('path', (f, count) => ({ self: f.self.sum(), functions: count() }))
      .rows();
    expectTypeOf(groups[0].path).toEqualTypeOf<string>();
    expectTypeOf(groups[0].self).toEqualTypeOf<number | null>();
    expectTypeOf(groups[0].functions).toEqualTypeOf<number>();
    // @ts-expect-error nobody asked for it
    never(() => groups[0].calls);
  });
});

test('what is wrong does not compile', () => {
  never(() => {
    const functions = recording.functions();
    // @ts-expect-error there is no such field
    functions.where((f) => f.cals.gt(1));
    // @ts-expect-error a number is compared with numbers
    functions.where((f) => f.p95.gt('20'));
    // @ts-expect-error texts have no order
    functions.where((f) => f.name.gt('a'));
    // @ts-expect-error flags are, or are not
    functions.where((f) => f.isSeen.eq(true));
    // @ts-expect-error a field is no condition
    functions.where((f) => f.calls);
    // @ts-expect-error there is no such evidence
    functions.calling('a', { evidence: 'guessed' });
    // @ts-expect-error calls are no functions
    functions.calling(recording.calls());
    // @ts-expect-error there is no such field
    functions.groupBy('paht', () => ({}));
    // @ts-expect-error texts have no sum
    functions.groupBy('path', (f) => ({ names: f.name.sum() }));
    // @ts-expect-error files have no p95
    recording.modules().orderBy((m) => m.p95.desc());
  });
});
