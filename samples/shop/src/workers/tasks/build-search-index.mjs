import { tokens } from '../../lib/text.mjs';

/** A word in the name says more about a product than one in the description. */
const WEIGHTS = { name: 3, description: 1 };

/** Returns, for each word, the products it occurs in with the sum of its weights there. */
export function buildSearchIndex({ documents }) {
  const postings = new Map();
  for (const document of documents) {
    for (const [field, weight] of Object.entries(WEIGHTS)) {
      for (const word of tokens(document[field])) addPosting(postings, word, document.id, weight);
    }
  }
  return { result: { postings, documents: documents.length } };
}

function addPosting(postings, word, id, weight) {
  const products = postings.get(word) ?? new Map();
  products.set(id, (products.get(id) ?? 0) + weight);
  postings.set(word, products);
}
