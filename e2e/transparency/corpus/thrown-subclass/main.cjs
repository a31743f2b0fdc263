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
    new (class Broken extends TypeError {
      constructor(m) {
        super(m);
        this.name = 'Broken';
        this.code = 'E_X';
      }
    })('sub'),
  );
  return answer;
}
outer();
