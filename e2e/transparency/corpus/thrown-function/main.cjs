process.on('exit', (code) => console.log('exit', code));
function fail(reason) {
  try {
    if (reason !== 1) throw reason;
  } finally {
    console.log('finally');
  }
}
function outer() {
  const answer = fail(function named(a, b) {
    return a + b;
  });
  return answer;
}
outer();
