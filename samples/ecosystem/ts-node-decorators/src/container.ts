import 'reflect-metadata';

export type Class<T = unknown> = new (...args: never[]) => T;

const PATHS = Symbol('paths');
const instances = new Map<Class, unknown>();

export const Injectable = (): ClassDecorator => (target) => {
  Reflect.defineMetadata('injectable', true, target);
};

export function Get(path: string): MethodDecorator {
  return (target, key, descriptor) => {
    const routes = (Reflect.getOwnMetadata(PATHS, target) as Map<string, PropertyKey> | undefined) ?? new Map();
    Reflect.defineMetadata(PATHS, routes.set(path, key), target);
    return descriptor;
  };
}

export const Param = (name: string): ParameterDecorator => (target, key, index) => {
  Reflect.defineMetadata(`param:${index}`, name, target, key!);
};

/** Makes a class with what its constructor asks for by type, as the compiler wrote it down. */
export function resolve<T>(wanted: Class<T>): T {
  const known = instances.get(wanted);
  if (known !== undefined) return known as T;
  if (!Reflect.getMetadata('injectable', wanted)) throw new Error(`${wanted.name} is not injectable`);
  const types = (Reflect.getMetadata('design:paramtypes', wanted) ?? []) as Class[];
  const made = new wanted(...(types.map((type) => resolve(type)) as never[]));
  instances.set(wanted, made);
  return made;
}

export function routes(target: object): [string, string][] {
  const prototype = Object.getPrototypeOf(target);
  const found = Reflect.getMetadata(PATHS, prototype) as Map<string, string>;
  return [...found].map(([path, key]) => {
    const types = (Reflect.getMetadata('design:paramtypes', prototype, key) as Function[]).map(({ name }) => name);
    const names = types.map((_, index) => Reflect.getMetadata(`param:${index}`, prototype, key) ?? '?');
    const returns = (Reflect.getMetadata('design:returntype', prototype, key) as Function | undefined)?.name;
    return [path, `${key}(${names.map((name, index) => `${name}: ${types[index]}`).join(', ')}): ${returns}`];
  });
}
