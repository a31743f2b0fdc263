/** The database, held open between writes so that each of them is quick, and let go when somebody else waits for it: DuckDB lets one process in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isWanted, openStore, stampOf, type Store, storeFile } from '../store/index.ts';

/** Who waits for it tries this often, and a bit. */
const YIELD_MS = 250;

export class HeldStore {
  private readonly root: string;
  private readonly onMessage: (message: string) => void;
  private readonly onOthers: () => void;
  private store: Store | null = null;
  private stamp = '';
  private yieldsUntil = 0;

  /** @param onOthers told when somebody else wrote meanwhile, or may have */
  constructor(root: string, onMessage: (message: string) => void, onOthers: () => void) {
    this.root = root;
    this.onMessage = onMessage;
    this.onOthers = onOthers;
  }

  get current(): Store | null {
    return this.store;
  }

  /** @throws Fault when others do not let go of it, see `openStore` */
  async open(): Promise<Store> {
    if (this.store !== null) return this.store;
    await sleep(Math.max(0, this.yieldsUntil - performance.now()));
    this.store = await openStore(this.root, { onMessage: this.onMessage });
    // From here on nobody else writes, and opening it writes nothing.
    if (stampOf(this.root) !== this.stamp) this.onOthers();
    return this.store;
  }

  /** Lets go of it if somebody waits. Returns whether it did. */
  yield(): boolean {
    if (this.store === null || !isWanted(storeFile(this.root))) return false;
    this.yieldsUntil = performance.now() + YIELD_MS;
    this.letGo();
    return true;
  }

  letGo(): void {
    if (this.store === null) return;
    this.store.close();
    this.store = null;
    this.stamp = stampOf(this.root);
  }
}
