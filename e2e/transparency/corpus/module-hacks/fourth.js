try {
  require('./nowhere');
} catch (e) {
  console.log(
    e.code,
    e.stack
      .split('\n')
      .slice(3, 6)
      .map((l) => l.replace(/:[0-9]+:[0-9]+/, '').trim())
      .join(),
  );
}
