// What visitors of the shop do. A scenario always sends the same number of requests, whatever is
// answered, and touches nothing that changes the answers of another one:
//   - customers 1 to 20 only look back at their orders of 2024, customers 21 to 60 only buy;
//   - a stocktake counts the garden shelf, from which nobody buys.

import * as shapes from './shapes.mjs';

const SHELF_PRODUCTS = 108;
const GARDEN_SHELF = { first: 1, last: 12 };
const SOLD_OUT_PRODUCT = 121;
const NO_SUCH_ID = 999_999;
const NO_SUCH_CART = '00000000-0000-4000-8000-000000000000';

/** Digits nine and ten tell the simulated issuer what to answer. */
const CARDS = {
  approved: '4000000000000002',
  unavailableAtFirst: '4000000091000002',
  declined: ['4000000005000007', '4000000051000000', '4000000054000007'],
  wrongDigit: '4000000000000003',
};

const SEARCHES = [
  'lantern',
  'oak',
  'quiet radio',
  'folding umbrella',
  'copper kettle',
  'the sturdy blanket',
  'marble',
];
const MISSPELT_SEARCHES = [
  'ketle',
  'tawel',
  'candel',
  'lantren',
  'blancet',
  'curtian',
  'speeker',
  'comppas',
  'notebok',
  'glas',
];

export const SCENARIOS = [
  { name: 'look around', weight: 20, requests: 5, run: lookAround },
  { name: 'search', weight: 16, requests: 3, run: search },
  { name: 'buy', weight: 14, requests: 10, run: buy },
  { name: 'buy with a slow bank', weight: 3, requests: 4, run: buyWithSlowBank },
  { name: 'pay in vain', weight: 5, requests: 5, run: payInVain },
  { name: 'change their mind', weight: 4, requests: 6, run: changeTheirMind },
  { name: 'leave the cart', weight: 4, requests: 4, run: leaveTheCart },
  { name: 'want what is sold out', weight: 3, requests: 3, run: wantWhatIsSoldOut },
  { name: 'guess coupons', weight: 1, requests: 8, run: guessCoupons },
  { name: 'use the vip coupon', weight: 2, requests: 5, run: useTheVipCoupon },
  { name: 'look back', weight: 8, requests: 4, run: lookBack },
  { name: 'send nonsense', weight: 4, requests: 8, run: sendNonsense },
  { name: 'ask for what is not there', weight: 4, requests: 5, run: askForWhatIsNotThere },
  { name: 'try to get in', weight: 3, requests: 5, run: tryToGetIn },
  { name: 'keep the shop', weight: 3, requests: 4, run: keepTheShop },
  { name: 'check health', weight: 2, requests: 1, run: checkHealth },
];

async function lookAround(visitor) {
  const { random } = visitor;
  await visitor.send('GET /categories', { shape: shapes.categories });
  await visitor.send('GET /products', {
    query: { page: random.integer(1, 5), sort: random.pick(['name', 'price', '-price']) },
    shape: shapes.productPage,
  });
  await visitor.send('GET /products', {
    query: { category: random.pick(['kitchen', 'toys', 'audio']) },
    shape: shapes.productPage,
  });
  const productId = anyProduct(random);
  await visitor.send('GET /products/:productId', { params: { productId }, shape: shapes.productDetail });
  await visitor.send('GET /products/:productId/thumbnail', {
    params: { productId },
    query: { size: random.pick([32, 64, 128]) },
    shape: /^P5 (\d+) \1 255\n/,
  });
}

async function search(visitor) {
  const { random } = visitor;
  const find = (q) => visitor.send('GET /search', { query: { q }, shape: shapes.searchResult });
  await find(random.pick(SEARCHES));
  await find(random.pick(MISSPELT_SEARCHES));
  await visitor.send('GET /products/:productId', {
    params: { productId: anyProduct(random) },
    shape: shapes.productDetail,
  });
}

async function buy(visitor) {
  const { random } = visitor;
  const cartId = await openCart(visitor, random.integer(1, 3));
  await addItem(visitor, cartId, anyProduct(random), random.integer(4, 7));
  await visitor.send('PUT /carts/:cartId/coupon', {
    params: { cartId },
    json: { code: random.pick(['WELCOME-ALL-10', 'SPRING-SILVER-15', 'SPRING-GOLD-20']) },
    shape: shapes.coupon,
  });
  await visitor.send('GET /carts/:cartId', { params: { cartId }, shape: shapes.cart });
  await visitor.send('GET /carts/:cartId/shipping-quotes', { params: { cartId }, shape: shapes.quotes });
  const { id: orderId } = await pay(visitor, cartId, CARDS.approved, {
    carrier: random.pick(['post', 'courier', 'locker']),
  });
  await visitor.send('GET /orders/:orderId', { params: { orderId }, shape: shapes.order });
  await visitor.send('GET /orders/:orderId/invoice', {
    params: { orderId },
    shape: new RegExp(`<h1>Invoice ${orderId}</h1>`),
  });
}

async function buyWithSlowBank(visitor) {
  const cartId = await openCart(visitor, 1);
  await pay(visitor, cartId, CARDS.unavailableAtFirst);
}

async function payInVain(visitor) {
  const cartId = await openCart(visitor, 2);
  await visitor.send('POST /carts/:cartId/checkout', {
    params: { cartId },
    json: { cardNumber: visitor.random.pick(CARDS.declined) },
    expect: 402,
    shape: shapes.refusal('payment_declined'),
  });
  await visitor.send('GET /carts/:cartId', { params: { cartId }, shape: shapes.cart });
}

async function changeTheirMind(visitor) {
  const cartId = await signInAndCreateCart(visitor);
  const productId = anyProduct(visitor.random);
  await addItem(visitor, cartId, productId, 1);
  const item = { params: { cartId, productId } };
  await visitor.send('DELETE /carts/:cartId/items/:productId', { ...item, expect: 204 });
  await visitor.send('DELETE /carts/:cartId/items/:productId', {
    ...item,
    expect: 404,
    shape: shapes.refusal('not_found'),
  });
  await visitor.send('GET /carts/:cartId', { params: { cartId }, shape: shapes.cart });
}

/** The reservation runs out after a second, and the shop takes the pieces back. */
async function leaveTheCart(visitor) {
  const cartId = await openCart(visitor, 2);
  await visitor.send('POST /carts/:cartId/reservation', {
    params: { cartId },
    json: { holdSeconds: 1 },
    expect: 201,
    shape: shapes.reservation,
  });
}

async function wantWhatIsSoldOut(visitor) {
  const cartId = await signInAndCreateCart(visitor);
  await visitor.send('POST /carts/:cartId/items', {
    params: { cartId },
    json: { productId: SOLD_OUT_PRODUCT, quantity: 1 },
    expect: 409,
    shape: shapes.refusal('out_of_stock'),
  });
}

async function guessCoupons(visitor) {
  const cartId = await signInAndCreateCart(visitor);
  for (let guess = 1; guess <= 6; guess += 1) {
    const [expect, code] = guess <= 5 ? [422, 'coupon_rejected'] : [429, 'too_many_requests'];
    await visitor.send('PUT /carts/:cartId/coupon', {
      params: { cartId },
      json: { code: `AUTUMN-ALL-${guess * 5}` },
      expect,
      shape: shapes.refusal(code),
    });
  }
}

/** The known defect: the coupon is taken, and from then on the cart cannot be priced. */
async function useTheVipCoupon(visitor) {
  const cartId = await openCart(visitor, 3);
  await visitor.send('PUT /carts/:cartId/coupon', {
    params: { cartId },
    json: { code: 'SPRING-VIP-25' },
    shape: shapes.coupon,
  });
  await visitor.send('GET /carts/:cartId', {
    params: { cartId },
    expect: 500,
    shape: shapes.refusal('internal'),
  });
}

async function lookBack(visitor) {
  await signInAs(visitor, visitor.random.integer(1, 20));
  const { items } = await visitor.send('GET /me/orders', { shape: shapes.orderList });
  const orderId = items[0].id;
  await visitor.send('GET /orders/:orderId/invoice', { params: { orderId }, shape: /<td>Total<\/td>/ });
  await visitor.send('GET /me/recommendations', { shape: shapes.productList });
}

async function sendNonsense(visitor) {
  const refused = { expect: 400, shape: shapes.refusal('invalid_input') };
  await visitor.send('GET /products', { query: { pageSize: 500, sort: 'colour' }, ...refused });
  await visitor.send('GET /search', { query: { q: '?' }, ...refused });
  await visitor.send('POST /sessions', {
    text: '{"email": ',
    expect: 400,
    shape: shapes.refusal('bad_request'),
  });
  const cartId = await signInAndCreateCart(visitor);
  await visitor.send('POST /carts/:cartId/items', {
    params: { cartId },
    json: { productId: 1, quantity: 0 },
    ...refused,
  });
  await visitor.send('POST /carts/:cartId/checkout', {
    params: { cartId },
    json: { cardNumber: CARDS.wrongDigit },
    ...refused,
  });
  await visitor.send('POST /carts/:cartId/checkout', {
    params: { cartId },
    json: { cardNumber: CARDS.approved },
    expect: 409,
    shape: shapes.refusal('conflict'),
  });
}

async function askForWhatIsNotThere(visitor) {
  const missing = { expect: 404, shape: shapes.refusal('not_found') };
  await visitor.send('GET /products/:productId', { params: { productId: NO_SUCH_ID }, ...missing });
  await visitor.send('GET /opening-hours', missing);
  await signInAs(visitor, anyBuyer(visitor.random));
  await visitor.send('GET /orders/:orderId', { params: { orderId: NO_SUCH_ID }, ...missing });
  await visitor.send('GET /carts/:cartId', { params: { cartId: NO_SUCH_CART }, ...missing });
}

async function tryToGetIn(visitor) {
  const refused = { expect: 401, shape: shapes.refusal('unauthorised') };
  await visitor.send('POST /carts', refused);
  await visitor.send('POST /sessions', {
    json: { email: 'admin@shop.example', password: 'letmein' },
    ...refused,
  });
  visitor.useToken('eyJzdWIiOjYxfQ.forged');
  await visitor.send('GET /admin/reports/sales', { query: { year: 2024 }, ...refused });
  visitor.useToken(undefined);
  await signInAs(visitor, anyBuyer(visitor.random));
  await visitor.send('GET /admin/reports/sales', {
    query: { year: 2024 },
    expect: 403,
    shape: shapes.refusal('forbidden'),
  });
}

async function keepTheShop(visitor) {
  const { random } = visitor;
  await signIn(visitor, 'admin@shop.example', 'counter-and-till');
  await visitor.send('GET /admin/reports/sales', { query: { year: 2024 }, shape: shapes.salesReport });
  await visitor.send('GET /admin/exports/orders.csv', {
    query: { month: `2024-${String(random.integer(1, 12)).padStart(2, '0')}` },
    shape: /^order,placed,customer,carrier,subtotal,shipping,total\r\n(\d+,2024-.*\r\n)*$/,
  });
  await visitor.send('POST /admin/stocktake', {
    text: stocktakeLines(random),
    type: 'application/x-ndjson',
    shape: shapes.stocktake.refine(({ accepted, rejected }) => accepted === 12 && rejected.length === 3),
  });
}

/** Twelve good lines, the last of them nearly sold out, and three bad ones. */
function stocktakeLines(random) {
  const lines = [];
  for (let place = GARDEN_SHELF.first; place <= GARDEN_SHELF.last; place += 1) {
    const counted = place === GARDEN_SHELF.last ? 3 : random.integer(200, 900);
    lines.push(JSON.stringify({ sku: `GAR-${String(place).padStart(4, '0')}`, counted }));
  }
  return [
    ...lines,
    '{"sku": "GAR-0001", "counted"',
    '{"sku":"rake","counted":4}',
    '{"sku":"GAR-7777","counted":4}',
    '',
  ].join('\n');
}

async function checkHealth(visitor) {
  await visitor.send('GET /health', { shape: shapes.health });
}

// Steps that several scenarios share.

function anyProduct(random) {
  return random.integer(1, SHELF_PRODUCTS);
}

function anyBuyer(random) {
  return random.integer(21, 60);
}

async function signIn(visitor, email, password) {
  const { token } = await visitor.send('POST /sessions', {
    json: { email, password },
    expect: 201,
    shape: shapes.session,
  });
  visitor.useToken(token);
}

function signInAs(visitor, customerId) {
  return signIn(visitor, `customer${customerId}@shop.example`, `basket-number-${customerId}`);
}

/** Two requests. */
async function signInAndCreateCart(visitor) {
  await signInAs(visitor, anyBuyer(visitor.random));
  const { id } = await visitor.send('POST /carts', { expect: 201, shape: shapes.newCart });
  return id;
}

/** Three requests: a cart with one product in it. */
async function openCart(visitor, quantity) {
  const cartId = await signInAndCreateCart(visitor);
  await addItem(visitor, cartId, anyProduct(visitor.random), quantity);
  return cartId;
}

function addItem(visitor, cartId, productId, quantity) {
  return visitor.send('POST /carts/:cartId/items', {
    params: { cartId },
    json: { productId, quantity },
    expect: 201,
    shape: shapes.cart,
  });
}

function pay(visitor, cartId, cardNumber, options = {}) {
  return visitor.send('POST /carts/:cartId/checkout', {
    params: { cartId },
    json: { cardNumber, ...options },
    expect: 201,
    shape: shapes.placedOrder,
  });
}
