process.on('exit', (code) => console.log('exit', code));
function fail(reason) {
  try {
    if (reason !== 1) throw reason;
  } finally {
    console.log('finally');
  }
}
function outer() {
  const answer = fail({
    get message() {
      throw new Error('message getter');
    },
    get stack() {
      throw new Error('stack getter');
    },
    get name() {
      throw new Error('name getter');
    },
  });
  return answer;
}
outer();
