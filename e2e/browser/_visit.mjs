/** What a customer does: each part of the storefront once, the planted errors included. */

/** @param {import('playwright-core').Page} page on the storefront */
export async function visit(page) {
  await signIn(page);
  await page.getByLabel('Order').selectOption('price');
  await page.getByRole('button', { name: 'Lighting' }).click();
  await find(page, 'lantern');
  await page.locator('.instalments li').nth(3).waitFor();
  await addToCart(page, 1);
  await page.locator('.delivery select').selectOption('FR');
  await page.locator('.delivery select').selectOption('IS');
  await page.getByText('How long it takes there is not known.').waitFor();
  await page.locator('.cart-badge').click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByRole('button', { name: 'Buy' }).click();
  await page.getByTestId('order').waitFor();
  await page.getByRole('link', { name: 'Storefront' }).click();
  await page.locator('.products a').nth(2).click();
  await addToCart(page, 1);
  await page.locator('.cart-badge').click();
  const failed = page.waitForEvent('pageerror');
  await page.getByLabel('Coupon').fill('SPRING-VIP-25');
  await page.getByRole('button', { name: 'Redeem' }).click();
  await failed;
  await rest(page);
}

export async function signIn(page) {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByTestId('customer').waitFor();
}

async function find(page, words) {
  await page.getByRole('searchbox').pressSequentially(words, { delay: 20 });
  await page.locator('.suggestions a').first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

async function addToCart(page, pieces) {
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page
    .getByTestId('pieces')
    .filter({ hasText: String(pieces) })
    .waitFor();
}

/** Nothing is asked for, and nothing is drawn any more. */
export async function rest(page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
}
