const { Clock, later, tick } = require('../src/clock');

afterEach(() => jest.useRealTimers());

test('each test file has its own module instances', () => {
  expect(tick()).toBe(1);
  jest.resetModules();
  expect(require('../src/clock').tick()).toBe(1);
  expect(tick()).toBe(2);
  jest.isolateModules(() => expect(require('../src/clock').tick()).toBe(1));
});

test('fake timers', async () => {
  jest.useFakeTimers({ now: Date.UTC(2020, 1, 1, 13) });
  const soon = later(60_000, 'done');
  await jest.advanceTimersByTimeAsync(60_000);
  await expect(soon).resolves.toBe('done');
  expect(new Clock().hour).toBe(13);
});

test('objects of the context', () => {
  expect(new Clock()).toMatchInlineSnapshot(`
Clock {
  "now": [Function],
  "number": 1,
}
`.replace('1,', `${new Clock().number - 1},`));
  expect(Object.getPrototypeOf(async () => {}).constructor.name).toBe('AsyncFunction');
});

test.failing('known to fail', () => expect(tick()).toBe(0));
test('fails, with the place and the code around it', () => {
  expect({ hour: new Clock(() => 0).hour, list: [1, 2, 3] }).toEqual({ hour: 1, list: [1, 3] });
});
test('fails by a throw below', () => {
  new Clock(() => {
    throw new TypeError('no time');
  }).hour.toFixed();
});
