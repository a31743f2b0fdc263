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
    new Proxy(
      {},
      {
        get() {
          throw new Error('get');
        },
        getPrototypeOf() {
          throw new Error('proto');
        },
        ownKeys() {
          throw new Error('keys');
        },
        has() {
          throw new Error('has');
        },
      },
    ),
  );
  return answer;
}
outer();
