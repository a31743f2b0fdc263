process.on('exit', (code) => console.log('exit', code));
function fail(reason) {
  try {
    if (reason !== 1) throw reason;
  } finally {
    console.log('finally');
  }
}
function outer() {
  const answer = fail(Symbol('s'));
  return answer;
}
outer();
