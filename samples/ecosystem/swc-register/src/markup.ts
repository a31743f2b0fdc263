export class Node {
  constructor(
    readonly tag: string | Function,
    readonly props: Record<string, unknown> | null,
    readonly children: unknown[],
  ) {}

  toString(): string {
    const inner = this.children.flat().map(String).join('');
    if (typeof this.tag !== 'string') return inner;
    const props = Object.entries(this.props ?? {}).map(([name, value]) => ` ${name}="${value}"`);
    return `<${this.tag}${props.join('')}>${inner}</${this.tag}>`;
  }
}

export const h = (tag: string | Function, props: Record<string, unknown> | null, ...children: unknown[]): Node =>
  new Node(tag, props, children);

export const Fragment = (): undefined => undefined;
