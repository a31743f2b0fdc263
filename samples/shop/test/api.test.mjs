import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../src/config.mjs';
import { startServer } from '../src/server.mjs';

const APPROVED = '4000000000000002';
const DECLINED = '4000000051000000';
const SOLD_OUT_PRODUCT = 121;

let server;
let call;

before(async () => {
  server = await startServer(readConfig({ LOG_LEVEL: 'silent' }));
  call = caller(server.url);
});

after(() => server.stop());

/** Returns call(method, path, { token, body }) → { status, body }. */
function caller(url) {
  return async (method, path, { token, body } = {}) => {
    const headers = { 'content-type': 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    const response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  };
}

async function signIn(customerId, through = call) {
  const body = { email: `customer${customerId}@shop.example`, password: `basket-number-${customerId}` };
  return (await through('POST', '/sessions', { body })).body.token;
}

async function cartWith(token, productId, quantity) {
  const {
    body: { id },
  } = await call('POST', '/carts', { token });
  await call('POST', `/carts/${id}/items`, { token, body: { productId, quantity } });
  return id;
}

async function availableOf(productId) {
  return (await call('GET', `/products/${productId}`)).body.available;
}

test('a purchase takes the pieces off the shelf and closes the cart', async () => {
  const token = await signIn(30);
  const before = await availableOf(5);
  const cartId = await cartWith(token, 5, 2);
  const checkout = { token, body: { cardNumber: APPROVED, carrier: 'courier' } };

  const { status, body } = await call('POST', `/carts/${cartId}/checkout`, checkout);
  assert.equal(status, 201);
  assert.equal(body.carrier, 'courier');
  assert.equal(await availableOf(5), before - 2);

  const order = await call('GET', `/orders/${body.id}`, { token });
  assert.equal(order.body.totalCents, body.price.totalCents);
  assert.equal((await call('POST', `/carts/${cartId}/checkout`, checkout)).status, 409);
});

test('a declined payment gives everything back', async () => {
  const token = await signIn(31);
  const before = await availableOf(6);
  const cartId = await cartWith(token, 6, 3);
  const { status, body } = await call('POST', `/carts/${cartId}/checkout`, {
    token,
    body: { cardNumber: DECLINED },
  });
  assert.equal(status, 402);
  assert.deepEqual(body.error.details, { reason: 'insufficient_funds' });
  assert.equal(await availableOf(6), before);
  assert.equal((await call('GET', `/carts/${cartId}`, { token })).body.status, 'open');
});

test('a reservation sets pieces aside until it runs out', async () => {
  const token = await signIn(32);
  const before = await availableOf(7);
  const cartId = await cartWith(token, 7, 4);
  await call('POST', `/carts/${cartId}/reservation`, { token, body: { holdSeconds: 1 } });
  assert.equal(await availableOf(7), before - 4);
  await pause(1_500);
  assert.equal(await availableOf(7), before);
});

test('what is sold out cannot be put into a cart', async () => {
  const token = await signIn(33);
  const {
    body: { id },
  } = await call('POST', '/carts', { token });
  const { status, body } = await call('POST', `/carts/${id}/items`, {
    token,
    body: { productId: SOLD_OUT_PRODUCT, quantity: 1 },
  });
  assert.deepEqual([status, body.error.code], [409, 'out_of_stock']);
});

test('a cart belongs to one customer', async () => {
  const cartId = await cartWith(await signIn(34), 8, 1);
  const { status } = await call('GET', `/carts/${cartId}`, { token: await signIn(35) });
  assert.equal(status, 404);
});

test('every mistake in a request is reported at once', async () => {
  const { status, body } = await call('GET', '/products?page=0&pageSize=500&sort=colour');
  assert.equal(status, 400);
  assert.deepEqual(body.error.details.map(({ path }) => path).toSorted(), [
    'query.page',
    'query.pageSize',
    'query.sort',
  ]);
});

test('the known defect: a vip coupon is taken, then the cart cannot be priced', async () => {
  const token = await signIn(36);
  const cartId = await cartWith(token, 9, 2);
  const coupon = await call('PUT', `/carts/${cartId}/coupon`, { token, body: { code: 'SPRING-VIP-25' } });
  assert.equal(coupon.body.tier, 'vip');
  const { status, body } = await call('GET', `/carts/${cartId}`, { token });
  assert.deepEqual([status, body.error.code], [500, 'internal']);
});

test('the flags change how the work is done and not what comes out', async () => {
  const other = await startServer(
    readConfig({
      LOG_LEVEL: 'silent',
      SHOP_FLAG_BATCHED_HISTORY: '1',
      SHOP_FLAG_MEMOISED_RANKING: '1',
    }),
  );
  try {
    const answersOf = async (through) => [
      await through('GET', '/me/orders', { token: await signIn(3, through) }),
      await through('GET', '/search?q=lantren'),
    ];
    assert.deepEqual(await answersOf(caller(other.url)), await answersOf(call));
  } finally {
    await other.stop();
  }
});

test('with pages, the API moves below /api and every other path is one of the pages', async () => {
  const SHOP_PAGES = fileURLToPath(new URL('pages', import.meta.url));
  const withPages = await startServer(readConfig({ LOG_LEVEL: 'silent', SHOP_PAGES }));
  try {
    const textOf = async (path) => (await fetch(withPages.url + path)).text();
    assert.equal(JSON.parse(await textOf('/api/health')).status, 'ok');
    assert.match(await textOf('/hello.txt'), /^hello/);
    assert.match(await textOf('/products/7'), /the storefront/);
    assert.equal((await fetch(`${withPages.url}/api/nothing`)).status, 404);
  } finally {
    await withPages.stop();
  }
});
