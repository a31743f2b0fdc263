const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });

export function Money({ cents }: { cents: number }) {
  return <span className="money">{format.format(cents / 100)}</span>;
}
