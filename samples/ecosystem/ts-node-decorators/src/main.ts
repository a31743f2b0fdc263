// A container as frameworks have them: legacy decorators, and constructor types from emitDecoratorMetadata.
import { Get, Injectable, Param, resolve, routes } from './container';

function Column(options: { nullable?: boolean } = {}): PropertyDecorator {
  return (target, key) => {
    const type = (Reflect.getMetadata('design:type', target, key) as Function).name;
    console.log('column', target.constructor.name, String(key), type, options);
  };
}

class Item {
  @Column() id!: number;
  @Column({ nullable: true }) name?: string;
  @Column() made: Date = new Date(0);
  @Column() tags: string[] = [];
}

@Injectable()
class Log {
  readonly lines: string[] = [];
  say = (text: string): number => this.lines.push(text);
}

@Injectable()
class Items {
  private readonly all = new Map<number, Item>();
  constructor(private readonly log: Log) {}

  find(id: number): Item {
    this.log.say(`find ${id}`);
    const found = this.all.get(id) ?? Object.assign(new Item(), { id });
    this.all.set(id, found);
    return found;
  }
}

@Injectable()
class ItemController {
  constructor(
    private readonly items: Items,
    readonly log: Log,
  ) {}

  @Get('/items/:id')
  one(@Param('id') id: number, @Param('deep') deep: boolean): Item {
    if (Number.isNaN(id)) throw new TypeError('not a number');
    return Object.assign(this.items.find(id), deep ? { tags: ['deep'] } : {});
  }

  @Get('/items')
  async many(@Param('ids') ids: number[]): Promise<Item[]> {
    return Promise.all(ids.map(async (id) => this.one(id, false)));
  }
}

class Plain {}

const controller = resolve(ItemController);
console.log(routes(controller));
console.log(controller.one(1, true), resolve(ItemController) === controller, resolve(Log) === controller.log);
console.log(controller.one.name, controller.one.length, Object.keys(controller));
controller
  .many([1, 2, 3])
  .then((items) => console.log(items.length, controller.log.lines))
  .then(() => controller.many([Number.NaN]))
  .catch((error: Error) => console.log(error.stack));
try {
  resolve(Plain);
} catch (error) {
  console.log((error as Error).stack!.split('\n').slice(0, 3).join('\n'));
}
