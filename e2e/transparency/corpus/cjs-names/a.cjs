exports.x = () => 1;
exports['y'] = 2;
Object.defineProperty(exports, 'z', {
  enumerable: true,
  get: function () {
    return 3;
  },
});
