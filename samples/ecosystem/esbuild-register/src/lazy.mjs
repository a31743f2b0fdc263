export default { from: 'esm' };
export const twice = (n) => n * 2;
