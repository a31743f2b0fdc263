// The cart as the shop has it: each change goes there first, and what comes back is shown.

import * as shop from '../api/shop.ts';
import type { Cart, Order } from '../api/types.ts';
import { session } from './session.ts';
import { createStore } from './store.ts';

export const cart = createStore<Cart | undefined>(undefined);

export async function addToCart(productId: number, quantity: number): Promise<void> {
  const { token } = signedIn();
  const id = cart.get()?.id ?? (await shop.createCart(token)).id;
  cart.set(await shop.addItem(token, id, productId, quantity));
}

export async function removeFromCart(productId: number): Promise<void> {
  const { token, id } = openCart();
  await shop.removeItem(token, id, productId);
  await refresh(token, id);
}

export async function redeemCoupon(code: string): Promise<void> {
  const { token, id } = openCart();
  await shop.setCoupon(token, id, code);
  await refresh(token, id);
}

export async function placeOrder(cardNumber: string, carrier: string): Promise<Order> {
  const { token, id } = openCart();
  const order = await shop.checkout(token, id, cardNumber, carrier);
  cart.set(undefined);
  return order;
}

export async function shippingQuotes() {
  const { token, id } = openCart();
  return (await shop.quotes(token, id)).items;
}

export function piecesIn(value: Cart | undefined): number {
  return value?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
}

async function refresh(token: string, id: string): Promise<void> {
  cart.set(await shop.cart(token, id));
}

function signedIn() {
  const current = session.get();
  if (current === undefined) throw new Error('sign in first');
  return current;
}

function openCart() {
  const { token } = signedIn();
  const current = cart.get();
  if (current === undefined) throw new Error('the cart is empty');
  return { token, id: current.id };
}
