/**
 * Insertions into a text, collected in the order of the source.
 *
 * Nothing is ever removed or replaced and no insertion holds a line end, so lines never change and a column moves by the
 * length of what stands before it on its line. An insertion whose text is only known at the end of its function is reserved
 * as a slot and filled later.
 */

export interface SortedEdits {
  at: number[];
  text: string[];
  /** By index. */
  places: ReadonlyMap<number, number>;
}

export class Edits {
  readonly at: number[] = [];
  readonly text: string[] = [];
  /** Insertion → the offset that V8 would say in place of one within it, where that is not what follows. */
  readonly places = new Map<number, number>();

  add(offset: number, text: string, place?: number): number {
    this.text.push(text);
    const slot = this.at.push(offset) - 1;
    if (place !== undefined) this.places.set(slot, place);
    return slot;
  }

  fill(slot: number, text: string): void {
    this.text[slot] = text;
  }

  get length(): number {
    return this.at.length;
  }

  /** Forgets everything from slot `length` on. */
  truncate(length: number): void {
    this.at.length = length;
    this.text.length = length;
    for (const slot of this.places.keys()) if (slot >= length) this.places.delete(slot);
  }

  /** Non-empty insertions by offset; insertions at one offset keep the order they came in. */
  sorted(): SortedEdits {
    const order: number[] = [];
    let last = -1;
    let inOrder = true;
    for (let i = 0; i < this.at.length; i++) {
      if (this.text[i] === '') continue;
      const offset = this.at[i];
      if (offset < last) inOrder = false;
      last = offset;
      order.push(i);
    }
    // Only decorators before `export` come out of order.
    if (!inOrder) order.sort((a, b) => this.at[a] - this.at[b] || a - b);
    const places = new Map<number, number>();
    if (this.places.size > 0)
      order.forEach((slot, i) => this.places.has(slot) && places.set(i, this.places.get(slot)!));
    return { at: order.map((i) => this.at[i]), text: order.map((i) => this.text[i]), places };
  }
}

export function applied(source: string, edits: { at: number[]; text: string[] }): string {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < edits.at.length; i++) {
    const offset = edits.at[i];
    if (offset > from) parts.push(source.slice(from, offset));
    parts.push(edits.text[i]);
    from = offset;
  }
  parts.push(source.slice(from));
  return parts.join('');
}
