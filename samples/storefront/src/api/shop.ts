// The shop's routes, as functions.

import { request } from './http.ts';
import type { Cart, Category, Customer, Order, ProductDetail, ProductList, SearchResult, ShippingQuote } from './types.ts';

export const categories = (signal?: AbortSignal) =>
  request<{ items: Category[] }>('GET', '/categories', { signal });

export function products(filter: { category: string; sort: string; page: number }, signal?: AbortSignal) {
  const query = new URLSearchParams({ sort: filter.sort, page: String(filter.page) });
  if (filter.category !== '') query.set('category', filter.category);
  return request<ProductList>('GET', `/products?${query}`, { signal });
}

export const product = (id: number, token?: string, signal?: AbortSignal) =>
  request<ProductDetail>('GET', `/products/${id}`, { token, signal });

export const search = (words: string, signal?: AbortSignal) =>
  request<SearchResult>('GET', `/search?${new URLSearchParams({ q: words, limit: '6' })}`, { signal });

export const signIn = (email: string, password: string) =>
  request<{ token: string; customer: Customer }>('POST', '/sessions', { body: { email, password } });

export const createCart = (token: string) => request<{ id: string }>('POST', '/carts', { token });

export const cart = (token: string, id: string) => request<Cart>('GET', `/carts/${id}`, { token });

export const addItem = (token: string, id: string, productId: number, quantity: number) =>
  request<Cart>('POST', `/carts/${id}/items`, { token, body: { productId, quantity } });

export const removeItem = (token: string, id: string, productId: number) =>
  request<void>('DELETE', `/carts/${id}/items/${productId}`, { token });

export const setCoupon = (token: string, id: string, code: string) =>
  request<unknown>('PUT', `/carts/${id}/coupon`, { token, body: { code } });

export const quotes = (token: string, id: string) =>
  request<{ items: ShippingQuote[] }>('GET', `/carts/${id}/shipping-quotes`, { token });

export const checkout = (token: string, id: string, cardNumber: string, carrier: string) =>
  request<Order>('POST', `/carts/${id}/checkout`, { token, body: { cardNumber, carrier } });
