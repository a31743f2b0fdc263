// Which functions of two texts are the same, told without ids: the tokens of both are aligned, and functions belong together whose bodies begin at aligned
// tokens. It shares nothing with what it judges: neither ids, nor anchors, nor a measure of likeness.
//
// Lines that are there once in both are anchors, then those that are there once between two of them, and so on (patience). Tokens of what remains are aligned with
// the fewest insertions and deletions (Myers 1986).

/** More differences than that are not searched for: such texts have little to do with each other. */
const MOST_DIFFERENCES = 3000;

const TOKEN = /[\p{ID_Continue}$#]+|[^\s]/gu;

/** → {texts, starts}: tokens, and where they begin. */
function tokensOf(text) {
  const texts = [];
  const starts = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    texts.push(token);
    starts.push(index);
  }
  return { texts, starts };
}

/** Offset of a token in the old text → offset of the token in the new text that it is aligned with. */
export function alignTexts(old, now) {
  const [a, b] = [tokensOf(old), tokensOf(now)];
  const partner = new Int32Array(a.texts.length).fill(-1);
  alignLines(
    { lines: linesOf(old, a.starts), tokens: a.texts },
    { lines: linesOf(now, b.starts), tokens: b.texts },
    partner,
  );
  return new Map(
    a.starts.flatMap((start, index) => (partner[index] < 0 ? [] : [[start, b.starts[partner[index]]]])),
  );
}

/** Lines that are the same at both ends, then those that are there once on both sides, then the same between them; tokens of what remains. */
function alignLines(a, b, partner) {
  let [from, endA, endB] = [0, a.lines.length, b.lines.length];
  const pair = (lineA, lineB) => {
    for (let k = 0; k < lineA.to - lineA.from; k++) partner[lineA.from + k] = lineB.from + k;
  };
  const isSame = (indexA, indexB) => a.lines[indexA].text === b.lines[indexB].text;
  while (from < endA && from < endB && isSame(from, from)) pair(a.lines[from], b.lines[from++]);
  while (endA > from && endB > from && isSame(endA - 1, endB - 1)) pair(a.lines[--endA], b.lines[--endB]);
  const [left, right] = [a.lines.slice(from, endA), b.lines.slice(from, endB)];
  if (left.length === 0 || right.length === 0) return;
  const anchors = uniqueLines(left, right);
  if (anchors.length === 0) {
    alignTokens(a.tokens, left[0].from, left.at(-1).to, b.tokens, right[0].from, right.at(-1).to, partner);
    return;
  }
  let [startA, startB] = [0, 0];
  const between = (toA, toB) =>
    alignLines({ ...a, lines: left.slice(startA, toA) }, { ...b, lines: right.slice(startB, toB) }, partner);
  for (const [lineA, lineB] of anchors) {
    const [indexA, indexB] = [left.indexOf(lineA), right.indexOf(lineB)];
    between(indexA, indexB);
    pair(lineA, lineB);
    [startA, startB] = [indexA + 1, indexB + 1];
  }
  between(left.length, right.length);
}

/** Lines as ranges of tokens; their text without the white space around them. */
function linesOf(text, starts) {
  const lines = [];
  let [offset, token] = [0, 0];
  for (const line of text.split('\n')) {
    const from = token;
    while (token < starts.length && starts[token] < offset + line.length + 1) token++;
    if (token > from) lines.push({ text: line.trim().replaceAll(/\s+/g, ' '), from, to: token });
    offset += line.length + 1;
  }
  return lines;
}

/** Lines that are there once on both sides, as far as they are in the same order. */
function uniqueLines(linesA, linesB) {
  const once = (lines) => {
    const found = new Map();
    for (const line of lines) found.set(line.text, found.has(line.text) ? null : line);
    return found;
  };
  const [inA, inB] = [once(linesA), once(linesB)];
  const place = new Map(linesB.map((line, index) => [line, index]));
  const pairs = [...inA].flatMap(([text, line]) => (line && inB.get(text) ? [[line, inB.get(text)]] : []));
  return longestRising(pairs, ([, line]) => place.get(line));
}

function longestRising(items, rank) {
  const tails = [];
  const before = [];
  for (const [index, item] of items.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rank(items[tails[middle]]) < rank(item)) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1] : -1;
    tails[low] = index;
  }
  const chosen = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]) chosen.push(items[index]);
  return chosen.toReversed();
}

/** Writes the partners of tokens a0 … a1 among b0 … b1 into `partner`. */
function alignTokens(a, a0, a1, b, b0, b1, partner) {
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) partner[a0++] = b0++;
  while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) partner[--a1] = --b1;
  const [n, m] = [a1 - a0, b1 - b0];
  if (n === 0 || m === 0) return;
  const most = Math.min(n + m, MOST_DIFFERENCES);
  const reach = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const history = [];
  for (let d = 0; d <= most; d++) {
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && reach[middle + k - 1] < reach[middle + k + 1]);
      let x = down ? reach[middle + k + 1] : reach[middle + k - 1] + 1;
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x++;
      reach[middle + k] = x;
      if (x >= n && x - k >= m) {
        trace(history, d, n, m, (x, y) => (partner[a0 + x] = b0 + y));
        return;
      }
    }
    history.push(reach.slice(middle - d - 1, middle + d + 2));
  }
}

/** Goes the way back that `history` tells, and tells the tokens that are the same. */
function trace(history, differences, n, m, pair) {
  let [x, y] = [n, m];
  for (let d = differences; d > 0; d--) {
    // Of the row before, which has the diagonals -(d - 1) - 1 … (d - 1) + 1.
    const row = history[d - 1];
    const at = (k) => row[k + d];
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const [fromX, fromK] = down ? [at(k + 1), k + 1] : [at(k - 1), k - 1];
    const startX = down ? fromX : fromX + 1;
    while (x > startX) pair(--x, --y);
    [x, y] = [fromX, fromX - fromK];
  }
  while (x > 0) pair(--x, --y);
}
