// Compiled by swc at load: legacy decorators with metadata, JSX with a factory of its own, class fields, private names.
import 'reflect-metadata';
import { Fragment, h, type Node } from './markup';

const seen: string[] = [];

function Track(label: string) {
  return (target: object, key: string, descriptor?: PropertyDescriptor): void => {
    const types = ['design:type', 'design:paramtypes', 'design:returntype'].map((name) => {
      const type = Reflect.getMetadata(name, target, key) as Function | Function[] | undefined;
      return Array.isArray(type) ? type.map((each) => each?.name) : type?.name;
    });
    seen.push(`${label} ${key} ${JSON.stringify(types)}`);
    const original = descriptor?.value as Function | undefined;
    if (original)
      descriptor!.value = function (this: object, ...args: unknown[]) {
        seen.push(`call ${key}`);
        return Reflect.apply(original, this, args);
      };
  };
}

class Page {
  @Track('field') title: string = 'none';
  #parts: Node[] = [];
  static readonly made = new WeakSet<Page>();

  static {
    seen.push('static block');
  }

  constructor() {
    Page.made.add(this);
  }

  @Track('method') add(part: Node, times: number): Page {
    for (let i = 0; i < times; i += 1) this.#parts.push(part);
    return this;
  }

  @Track('async') async render(): Promise<string> {
    await null;
    if (this.#parts.length > 100) throw new Error('too long');
    return String(
      <main class="page">
        <h1>{this.title}</h1>
        {this.#parts}
        <>{this.#parts.length} parts</>
      </main>,
    );
  }
}

async function main(): Promise<void> {
  const page = new Page();
  page.title = 'A page';
  page.add(<p>text &amp; more</p>, 2).add(<img src="x.png" />, 1);
  console.log(await page.render());
  console.log(Page.made.has(page), seen);
  await page.add(<br />, 100).render();
}

main().catch((error: Error) => console.log(error.stack));
