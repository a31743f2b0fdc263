function broken() { throw new Error("uncaught"); }
console.log(broken.toString());
console.log(new Error("here").stack);
broken();
