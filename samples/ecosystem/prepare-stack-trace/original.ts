// written as original.ts
export async function generated(): Promise<never> {
  await null;
  throw new Error('from generated');
}
