type Listener<Args extends unknown[]> = (...args: Args) => void;

export class EventBus<Events extends Record<string, unknown[]>> {
  private readonly listeners = new Map<keyof Events, Set<Listener<never[]>>>();

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set.add(listener as Listener<never[]>));
    return () => set.delete(listener as Listener<never[]>);
  }

  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    const off = this.on(name, (...args) => {
      off();
      listener(...args);
    });
  }

  emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    for (const listener of this.listeners.get(name) ?? []) (listener as Listener<Events[Name]>)(...args);
  }

  names = (): PropertyKey[] => [...this.listeners.keys()];
}
