// Functions of the file, of which the text says that they are async.
async function loadPrices(region: string) {
  return (await fetch(`https://prices.internal/${region}`)).json();
}

async function loadStock(region: string) {
  return (await fetch(`https://stock.internal/${region}`)).json();
}

export async function offer(region: string) {
  if (region === '') throw new Error('no region');
  const prices = await loadPrices(region);
  const stock = await loadStock(region);
  return prices.map((price: any, at: number) => ({ ...price, left: stock[at] }));
}
