import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editDistance, editDistanceByTable } from '../src/services/search/distance.mjs';
import { tokens } from '../src/lib/text.mjs';
import { buildSearchIndex } from '../src/workers/tasks/build-search-index.mjs';
import { SearchIndex } from '../src/services/search/search-index.mjs';

const PAIRS = [
  ['kettle', 'kettle', 0],
  ['ketle', 'kettle', 1],
  ['candel', 'candle', 2],
  ['kitten', 'sitting', 3],
  ['', 'rug', 3],
];

test('both ways to the distance of two words agree', () => {
  for (const [a, b, distance] of PAIRS) {
    assert.equal(editDistance(a, b), distance, `${a} → ${b}`);
    assert.equal(editDistanceByTable(a, b), distance, `${a} → ${b} by table`);
  }
});

test('words are lower case, without punctuation and stop words', () => {
  assert.deepEqual(
    [...tokens('A Torch, for the Café-Bar: 2nd hand!')],
    ['torch', 'café', 'bar', '2nd', 'hand'],
  );
});

test('a word in the name weighs more than one in the description, a rare one more than a common one', () => {
  const documents = [
    { id: 1, name: 'Oak tray', description: 'with a rim' },
    { id: 2, name: 'Rug', description: 'goes with oak' },
  ];
  const index = new SearchIndex(buildSearchIndex({ documents }).result);
  const weights = (word) => new Map(index.matches(word));
  assert.ok(weights('oak').get(1) > weights('oak').get(2));
  assert.ok(weights('tray').get(1) > weights('oak').get(1));
  assert.deepEqual([...index.similarTo('ruck')], ['rim', 'rug']);
});
