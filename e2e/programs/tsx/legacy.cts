function rate(years: number): number {
  return years * 1.5;
}

export function legacyRate(years: number): number {
  return rate(years) + rate(1);
}
