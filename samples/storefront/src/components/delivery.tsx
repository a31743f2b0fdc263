import { useState } from 'react';

const COUNTRIES = { AT: 'Austria', DE: 'Germany', FR: 'France', IS: 'Iceland' };
type Country = keyof typeof COUNTRIES;

/** Days from the warehouse to the border, and from there to the door. */
const ROUTES: Partial<Record<Country, { border: number; inland: number }>> = {
  AT: { border: 1, inland: 1 },
  DE: { border: 0, inland: 1 },
  FR: { border: 1, inland: 2 },
};

export function Delivery({ weightGrams }: { weightGrams: number }) {
  const [country, setCountry] = useState<Country>('DE');
  return (
    <label className="delivery">
      Delivery to{' '}
      <select value={country} onChange={(event) => setCountry(event.target.value as Country)}>
        {Object.entries(COUNTRIES).map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>{' '}
      takes <span data-testid="days">{deliveryDays(country, weightGrams)}</span> days
    </label>
  );
}

function deliveryDays(country: Country, weightGrams: number): number {
  // Planted: Iceland is offered, and has no route.
  const { border, inland } = ROUTES[country]!;
  const heavy = weightGrams > 5000 ? 1 : 0;
  return border + inland + heavy;
}
