function inner() {
  try {
    process.exit(3);
  } finally {
    console.log('never');
  }
}
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
});
process.on('beforeExit', () => console.log('never'));
try {
  inner();
} catch {
  console.log('never');
}
