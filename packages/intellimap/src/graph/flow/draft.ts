/** A flow while it is made: blocks are begun one after the other and filled until the next one begins. */
import { EdgeKind, ENTRY, type Flow } from './flow.ts';
import { FIXED, packed } from './packed.ts';

export class Draft {
  /** The block that steps go to. */
  current = ENTRY;
  #made = FIXED;
  /** By block: whether control gets there, as far as is known: all ways to a block but those back are known when it begins. */
  readonly #isLive = [true, true, true];
  readonly #hasFailure: boolean[] = [];
  readonly #isHead: boolean[] = [];
  /** Block at the end of a `finally` → the one at its start. */
  readonly #finallyAt = new Map<number, number>();
  /** Blocks as they began, and their first steps. */
  readonly #begun: number[] = [];
  readonly #firstStep: number[] = [];
  readonly #op: number[] = [];
  readonly #node: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #kind: number[] = [];

  /** A block that will begin some time. */
  block(): number {
    this.#isLive[this.#made] = false;
    return this.#made++;
  }

  begin(block: number): void {
    this.current = block;
    this.#begun.push(block);
    this.#firstStep.push(this.#op.length);
  }

  step(op: number, node: number): void {
    this.#op.push(op);
    this.#node.push(node);
  }

  edge(to: number, kind: number = EdgeKind.NEXT, from = this.current): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#kind.push(kind);
    if (this.#isLive[from]) this.#isLive[to] = true;
  }

  /** On to a block, which begins. */
  goTo(block: number): void {
    this.edge(block);
    this.begin(block);
  }

  /** A block of its own for what follows: this one, if nothing happened in it yet. */
  fresh(): void {
    if (!this.#isUntouched()) this.goTo(this.block());
  }

  /** A block of its own for the head of a loop. */
  head(): number {
    if (!this.#isUntouched() || this.#isHead[this.current]) this.goTo(this.block());
    this.#isHead[this.current] = true;
    return this.current;
  }

  /** Control does not get any further here; what follows in the text is dead, unless somebody jumps there. */
  end(): void {
    this.begin(this.block());
  }

  /** Something of this block may fail. */
  failure(to: number): void {
    if (this.#hasFailure[this.current]) return;
    this.#hasFailure[this.current] = true;
    this.edge(to, EdgeKind.THROW);
  }

  /** A `finally` ends here. */
  endFinally(entry: number): void {
    this.#finallyAt.set(this.current, entry);
  }

  hasFailure(): boolean {
    return this.#hasFailure[this.current];
  }

  isLive(block = this.current): boolean {
    return this.#isLive[block];
  }

  finish(owner: number): Flow {
    return packed({
      owner,
      made: this.#made,
      isLive: this.#isLive,
      begun: this.#begun,
      firstStep: this.#firstStep,
      op: this.#op,
      node: this.#node,
      from: this.#from,
      to: this.#to,
      kind: this.#kind,
      finallyAt: this.#finallyAt,
    });
  }

  #isUntouched(): boolean {
    return this.#firstStep.at(-1) === this.#op.length && !this.#hasFailure[this.current];
  }
}
