module.exports = function g() {
  return 'g';
};
if (require.main === module) console.log('child', module.exports());
