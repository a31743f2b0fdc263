function show() {
  return JSON.stringify(process.env);
}
console.log(show());
