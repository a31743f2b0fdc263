import test, { describe, it, mock, before } from 'node:test';
import assert from 'node:assert/strict';
import { add } from './lib.mjs';
test('adds', async (t) => {
  await t.test('small', () => assert.equal(add(1, 2), 3));
  await t.test('skipped', { skip: true }, () => {});
});
describe('suite', () => {
  before(() => {});
  it('mocks', (t) => {
    const f = t.mock.fn(add);
    f(1, 1);
    assert.equal(f.mock.callCount(), 1);
    assert.equal(f.mock.calls[0].result, 2);
  });
  it('times', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 1000);
    t.mock.timers.tick(1000);
    assert.ok(fired);
  });
});
