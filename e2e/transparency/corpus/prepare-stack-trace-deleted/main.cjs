function fail() {
  return new Error('deleted').stack.split('\n')[1].replace(/.*[/]/, '');
}
delete Error.prepareStackTrace;
console.log('prepareStackTrace' in Error, fail());
