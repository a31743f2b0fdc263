// `next` is a node of a list.
interface Item {
  value: number;
  next: Item | null;
}

export function insert(item: Item, next: Item | null) {
  item.next = next;
  return item;
}
