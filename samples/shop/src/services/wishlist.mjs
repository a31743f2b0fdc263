// Lists of products to wish for, shared by a link.

import { randomUUID } from 'node:crypto';

export class WishlistService {
  #lists = new Map();

  create(customer, title) {
    const list = { id: randomUUID(), ownerId: customer.id, title, productIds: new Set() };
    this.#lists.set(list.id, list);
    return list;
  }

  add(listId, productId) {
    this.#lists.get(listId)?.productIds.add(productId);
  }

  shareLink(listId, origin) {
    return new URL(`/wishlists/${listId}`, origin).href;
  }
}
