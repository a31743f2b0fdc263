const bytes = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 109, 1, 102, 0, 0, 3, 2, 1, 0, 7, 7, 1, 3, 114,
  117, 110, 0, 1, 10, 6, 1, 4, 0, 16, 0, 11,
]);
function f() {
  console.log(
    new Error('x').stack
      .split('\n')
      .slice(1, 3)
      .map((l) => l.replace(/\(.*[/]/, '('))
      .join(),
  );
}
const { instance } = await WebAssembly.instantiate(bytes, { m: { f } });
instance.exports.run();
try {
  (
    await WebAssembly.instantiate(bytes, {
      m: {
        f() {
          throw new Error('through wasm');
        },
      },
    })
  ).instance.exports.run();
} catch (e) {
  console.log(e.message);
}
