exports.f = (x) => x + 1;
exports.g = async () => {
  await null;
  return 'g';
};
