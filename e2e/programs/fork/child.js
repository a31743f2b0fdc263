function triangle(n) {
  return n === 0 ? 0 : n + triangle(n - 1);
}

process.on('message', (n) => {
  process.send(`${triangle(n)}/${process.env.NODE_OPTIONS ?? 'none'}/${Object.keys(process.env).filter((name) => /INTELLI/.test(name)).length}`);
});
