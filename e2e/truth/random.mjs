/** Numbers that a seed gives for ever: a failing program can be made again. */

/** mulberry32. @param {number} seed */
export function randomFrom(seed) {
  let state = seed | 0;
  const below = (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    /** 0 … limit - 1 */
    below,
    pick: (options) => options[below(options.length)],
    /** True so many times of a hundred. */
    chance: (percent) => below(100) < percent,
  };
}
