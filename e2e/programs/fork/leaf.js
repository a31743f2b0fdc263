function leaf(how) {
  return `leaf ${how}`;
}

console.log(leaf(process.argv[2]));
