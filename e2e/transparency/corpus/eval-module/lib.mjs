export const a = async (x) => {
  await null;
  return x + 1;
};
