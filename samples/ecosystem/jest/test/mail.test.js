jest.mock('../src/clock', () => ({ ...jest.requireActual('../src/clock'), later: jest.fn(async () => undefined) }));
const { later } = require('../src/clock');
const mail = require('../src/mail');

test('mocked modules', async () => {
  await expect(mail.send('ann', 'hi')).resolves.toBe('sent "hi" to ann');
  expect(later).toHaveBeenCalledWith(10);
  expect(later.mock.calls).toEqual([[10]]);
});

test('spies', async () => {
  const send = jest.spyOn(mail, 'send').mockImplementation(async (to) => to.toUpperCase());
  expect(await mail.sendAll(['a', 'b'], 'x')).toEqual(['A', 'B']);
  expect(send).toHaveBeenCalledTimes(2);
  send.mockRestore();
  expect(String(mail.send)).toContain('await later(10)');
});

test.each([[1, 1, 2], [2, 3, 5]])('%i + %i = %i', (a, b, sum) => expect(a + b).toBe(sum));
test.todo('to be written');
