// What paying by instalments comes to. Pure; runs in the worker.

export interface Plan {
  months: number;
  monthlyCents: number;
  /** The rate at which the instalments are worth the price today: fees are in it. */
  yearlyRate: number;
}

const MONTHS = [3, 6, 12, 24];
const MONTHLY_RATE = 0.004;
const FEE_CENTS = 190;
const PRECISION = 1e-9;

export function plansFor(priceCents: number): Plan[] {
  return MONTHS.map((months) => planFor(priceCents, months));
}

function planFor(priceCents: number, months: number): Plan {
  const monthlyCents = Math.ceil(annuity(priceCents + FEE_CENTS, MONTHLY_RATE, months));
  const monthlyRate = rateOf(priceCents, monthlyCents, months);
  return { months, monthlyCents, yearlyRate: (1 + monthlyRate) ** 12 - 1 };
}

function annuity(cents: number, rate: number, months: number): number {
  return (cents * rate) / (1 - (1 + rate) ** -months);
}

/** There is no formula for it: the rate is between two others until they are the same. */
function rateOf(priceCents: number, monthlyCents: number, months: number): number {
  let [low, high] = [0, 1];
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (presentValue(monthlyCents, middle, months) > priceCents) low = middle;
    else high = middle;
  }
  return low;
}

function presentValue(monthlyCents: number, rate: number, months: number): number {
  let value = 0;
  for (let month = 1; month <= months; month++) value += monthlyCents / (1 + rate) ** month;
  return value;
}
