let ticks = 0;

exports.tick = () => (ticks += 1);
exports.later = (ms, value) => new Promise((done) => setTimeout(done, ms, value));
exports.Clock = class Clock {
  static #made = 0;
  constructor(now = Date.now) {
    this.now = now;
    this.number = Clock.#made += 1;
  }
  get hour() {
    return new Date(this.now()).getUTCHours();
  }
};
