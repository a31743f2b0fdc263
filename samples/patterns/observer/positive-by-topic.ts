// A list for each topic, in a map.
export class Bus {
  private topics = new Map<string, ((value: unknown) => void)[]>();

  on(topic: string, handler: (value: unknown) => void) {
    const handlers = this.topics.get(topic) ?? [];
    handlers.push(handler);
    this.topics.set(topic, handlers);
  }

  emit(topic: string, value: unknown) {
    for (const handler of this.topics.get(topic) ?? []) handler(value);
  }
}
