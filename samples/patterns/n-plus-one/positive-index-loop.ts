// Counting loop, request to another service.
export async function stockOf(skus: string[]) {
  const stock: Record<string, number> = {};
  for (let i = 0; i < skus.length; i++) {
    const answer = await fetch(`https://stock.internal/items/${skus[i]}`);
    stock[skus[i]] = (await answer.json()).available;
  }
  return stock;
}
