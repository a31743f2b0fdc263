function f(a: { b: number }): number { if (a.b > 1) { throw 'text' as string; } return 1; }
f({ b: 2 } as any);
