process.on('exit', (code) => console.log('exit', code));
function fail(reason) {
  try {
    if (reason !== 1) throw reason;
  } finally {
    console.log('finally');
  }
}
function outer() {
  const answer = fail(
    (() => {
      const e = new Error('x');
      e.stack = undefined;
      return e;
    })(),
  );
  return answer;
}
outer();
