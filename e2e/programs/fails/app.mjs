function outer(n) {
  return inner(n);
}

function inner(n) {
  if (n === 3) null.boom();
  return n;
}

process.on('exit', (code) => {
  console.log('leaving with', code, last());
});

function last() {
  return 'last';
}

for (let n = 0; n < 5; n += 1) outer(n);
