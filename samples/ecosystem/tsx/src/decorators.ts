type Method<This, Args extends unknown[], Result> = (this: This, ...args: Args) => Result;

export function logged<This, Args extends unknown[], Result>(
  method: Method<This, Args, Result>,
  context: ClassMethodDecoratorContext<This, Method<This, Args, Result>>,
): Method<This, Args, Result> {
  console.log('decorating', context.kind, String(context.name), context.static, context.private);
  return function (this: This, ...args: Args): Result {
    console.log('→', String(context.name), args);
    return method.apply(this, args);
  };
}

export function bound<This extends object, Args extends unknown[], Result>(
  _method: Method<This, Args, Result>,
  { name, addInitializer }: ClassMethodDecoratorContext<This, Method<This, Args, Result>>,
): void {
  addInitializer(function (this: This) {
    const self = this as Record<PropertyKey, Method<This, Args, Result>>;
    self[name] = self[name]!.bind(this);
  });
}
