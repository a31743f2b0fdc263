export enum Level {
  Low = 1,
  High = Low << 2,
}

export interface Named {
  readonly name: string;
}

type Shape = { kind: 'circle'; radius: number } | { kind: 'square'; side: number };

export namespace Shapes {
  const PI = 3.14159;
  export const area = (shape: Shape): number => (shape.kind === 'circle' ? PI * shape.radius ** 2 : shape.side ** 2);
}
