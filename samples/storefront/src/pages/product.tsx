import { useState } from 'react';
import * as shop from '../api/shop.ts';
import type { ProductDetail } from '../api/types.ts';
import { Delivery } from '../components/delivery.tsx';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { Instalments } from '../components/instalments.tsx';
import { Link } from '../components/link.tsx';
import { Money } from '../components/money.tsx';
import { useLoaded } from '../hooks/use-loaded.ts';
import { addToCart } from '../state/cart.ts';
import { session } from '../state/session.ts';

export function ProductPage({ id }: { id: number }) {
  const loaded = useLoaded(String(id), (signal) => shop.product(id, session.get()?.token, signal));
  if (loaded.state === 'loading') return <p className="quiet">Loading…</p>;
  if (loaded.state === 'failed') return <p role="alert">{loaded.message}</p>;
  const product = loaded.value;
  return (
    <article>
      <h1>{product.name}</h1>
      <p>{product.description}</p>
      <p>
        <Money cents={product.priceCents} /> · {product.available} in stock
      </p>
      <AddToCart product={product} />
      <ErrorBoundary fallback={<p role="alert">How long it takes there is not known.</p>}>
        <Delivery weightGrams={product.weightGrams} />
      </ErrorBoundary>
      <Instalments priceCents={product.priceCents} />
      <h2>Also liked</h2>
      <ul>
        {product.related.map((other) => (
          <li key={other.id}>
            <Link to={`/products/${other.id}`}>{other.name}</Link>
          </li>
        ))}
      </ul>
    </article>
  );
}

function AddToCart({ product }: { product: ProductDetail }) {
  const current = session.use();
  const [note, setNote] = useState('');

  async function add() {
    try {
      await addToCart(product.id, 1);
      setNote('It is in your cart.');
    } catch (error) {
      setNote((error as Error).message);
    }
  }

  return (
    <p>
      <button id="add" disabled={current === undefined} onClick={() => void add()}>
        Add to cart
      </button>{' '}
      <span role="status">{current === undefined ? 'Sign in to buy.' : note}</span>
    </p>
  );
}
