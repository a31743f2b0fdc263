function folder() {
  try {
    return process.cwd();
  } catch (error) {
    return error.code;
  }
}
console.log(folder(), process.argv.slice(2));
setTimeout(() => console.log('later'), 5);
