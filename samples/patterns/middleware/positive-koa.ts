// What comes after next runs on the way back.
export const timing = async (ctx: any, next: () => Promise<void>) => {
  const start = Date.now();
  await next();
  ctx.set('x-time', String(Date.now() - start));
};
