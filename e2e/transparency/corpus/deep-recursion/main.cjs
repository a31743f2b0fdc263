function down(n) {
  return down(n + 1) + 1;
}
for (let i = 0; i < 3; i++) {
  try {
    down(0);
  } catch (e) {
    console.log(e instanceof RangeError, e.message);
  }
}
const tree = (n) => (n === 0 ? null : { child: tree(n - 1) });
try {
  JSON.stringify(tree(3000));
  console.log('deep enough');
} catch (e) {
  console.log(e.name);
}
