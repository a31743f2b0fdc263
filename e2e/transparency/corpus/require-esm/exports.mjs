const a = () => 'whole';
export { a as 'module.exports' };
