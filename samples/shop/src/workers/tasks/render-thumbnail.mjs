// A picture for a product without a photograph: a pattern drawn from its number, then scaled down.

const CANVAS = 256;

export function renderThumbnail({ seed, size }) {
  const pixels = shrink(drawPattern(seed), CANVAS, size);
  const result = {
    width: size,
    height: size,
    pixels,
    checksum: adler32(pixels).toString(16).padStart(8, '0'),
  };
  return { result, transfer: [pixels.buffer] };
}

/** Rings around a point that depends on the seed, in 256 greys. */
function drawPattern(seed) {
  const pixels = new Uint8Array(CANVAS * CANVAS);
  const [centreX, centreY] = [(seed * 53) % CANVAS, (seed * 97) % CANVAS];
  const ringWidth = 5 + (seed % 7);
  for (let y = 0; y < CANVAS; y += 1) {
    for (let x = 0; x < CANVAS; x += 1) {
      pixels[y * CANVAS + x] = 128 + 127 * Math.sin(Math.hypot(x - centreX, y - centreY) / ringWidth);
    }
  }
  return pixels;
}

/** Each pixel of the small picture is the mean of a square of the large one. */
function shrink(pixels, from, to) {
  const side = from / to;
  const small = new Uint8Array(to * to);
  for (let y = 0; y < to; y += 1) {
    for (let x = 0; x < to; x += 1) small[y * to + x] = meanOfSquare(pixels, from, x * side, y * side, side);
  }
  return small;
}

function meanOfSquare(pixels, width, left, top, side) {
  let sum = 0;
  for (let y = top; y < top + side; y += 1) {
    for (let x = left; x < left + side; x += 1) sum += pixels[y * width + x];
  }
  return sum / (side * side);
}

/** RFC 1950: the two sums stay below 65521, the largest prime under 2 ** 16. */
function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
