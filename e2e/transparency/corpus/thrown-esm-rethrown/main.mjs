async function deep(n) {
  if (n === 0) throw new Error('deep');
  await null;
  return deep(n - 1);
}
class Service {
  async run() {
    try {
      return await deep(3);
    } catch (error) {
      error.message += ' (seen)';
      throw error;
    }
  }
}
await new Service().run();
