const triple = (n) => n * 3;
export { triple as 'module.exports' };
export default 'the default';
