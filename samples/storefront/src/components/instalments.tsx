import { useEffect, useState } from 'react';
import { planInstalments } from '../prices/planner.ts';
import type { Plan } from '../prices/instalments.ts';
import { Money } from './money.tsx';

/** What the product costs a month. A worker computes it, so that the page answers meanwhile. */
export function Instalments({ priceCents }: { priceCents: number }) {
  const [plans, setPlans] = useState<Plan[]>([]);
  useEffect(() => {
    let wanted = true;
    void planInstalments(priceCents).then((made) => {
      if (wanted) setPlans(made);
    });
    return () => {
      wanted = false;
    };
  }, [priceCents]);
  return (
    <ul className="instalments">
      {plans.map(({ months, monthlyCents, yearlyRate }) => (
        <li key={months}>
          {months} × <Money cents={monthlyCents} /> ({(yearlyRate * 100).toFixed(2)} % a year)
        </li>
      ))}
    </ul>
  );
}
