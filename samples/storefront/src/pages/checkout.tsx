import { type FormEvent, useState } from 'react';
import type { Order } from '../api/types.ts';
import { Money } from '../components/money.tsx';
import { useLoaded } from '../hooks/use-loaded.ts';
import { placeOrder, shippingQuotes } from '../state/cart.ts';

export default function CheckoutPage() {
  const [order, setOrder] = useState<Order>();
  if (order !== undefined) return <Thanks order={order} />;
  return <CheckoutForm onOrdered={setOrder} />;
}

function CheckoutForm({ onOrdered }: { onOrdered: (order: Order) => void }) {
  const quotes = useLoaded('quotes', shippingQuotes);
  const [problem, setProblem] = useState('');

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      onOrdered(await placeOrder(String(form.get('card')), String(form.get('carrier'))));
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  if (quotes.state === 'failed') return <p role="alert">{quotes.message}</p>;
  if (quotes.state === 'loading') return <p className="quiet">Asking the carriers…</p>;
  return (
    <form className="checkout" onSubmit={(event) => void submit(event)}>
      <h1>Checkout</h1>
      {quotes.value.map(({ carrier, cents }, index) => (
        <label key={carrier}>
          <input type="radio" name="carrier" value={carrier} defaultChecked={index === 0} /> {carrier}{' '}
          <Money cents={cents} />
        </label>
      ))}
      <label>
        Card number <input name="card" inputMode="numeric" autoComplete="off" defaultValue="4000000000000002" />
      </label>
      <button>Buy</button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  );
}

function Thanks({ order }: { order: Order }) {
  return (
    <p data-testid="order">
      Order {order.id} for <Money cents={order.price.totalCents} /> goes out by {order.carrier}.
    </p>
  );
}
