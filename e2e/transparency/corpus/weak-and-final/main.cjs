let freed = 0;
const registry = new FinalizationRegistry(() => {
  freed++;
});
function use(o) {
  registry.register(o, 1);
  return o.x;
}
function fail(o) {
  const e = new Error('e');
  registry.register(e, 1);
  throw e;
}
async function later(o) {
  registry.register(o, 1);
  await null;
  return o.x;
}
(async () => {
  for (let i = 0; i < 10; i++) {
    use({ x: i });
    try {
      fail({});
    } catch {}
    await later({ x: i });
  }
  for (let i = 0; i < 10 && freed < 30; i++) {
    gc();
    await new Promise((r) => setTimeout(r, 5));
  }
  console.log('freed', freed >= 29);
})();
