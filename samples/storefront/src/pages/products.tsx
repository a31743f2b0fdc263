import { useState } from 'react';
import * as shop from '../api/shop.ts';
import type { Category, Product } from '../api/types.ts';
import { Link } from '../components/link.tsx';
import { Money } from '../components/money.tsx';
import { useLoaded } from '../hooks/use-loaded.ts';

const SORTINGS = { name: 'by name', price: 'cheapest first', '-price': 'dearest first' };

export function ProductsPage() {
  const [category, setCategory] = useState('');
  const [sort, setSort] = useState('name');
  const [page, setPage] = useState(1);
  const list = useLoaded(`${category} ${sort} ${page}`, (signal) =>
    shop.products({ category, sort, page }, signal),
  );

  function choose(slug: string) {
    setCategory(slug);
    setPage(1);
  }

  if (list.state === 'failed') return <p role="alert">{list.message}</p>;
  return (
    <>
      <nav className="filters">
        <Categories chosen={category} onChosen={choose} />
        <select aria-label="Order" value={sort} onChange={(event) => setSort(event.target.value)}>
          {Object.entries(SORTINGS).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </nav>
      {list.state === 'ready' && (
        <>
          <ul className="products">
            {list.value.items.map((product) => (
              <ProductCard key={product.id} product={product} />
            ))}
          </ul>
          <Pages page={page} pages={list.value.pages} onChosen={setPage} />
        </>
      )}
    </>
  );
}

function Categories({ chosen, onChosen }: { chosen: string; onChosen: (slug: string) => void }) {
  const loaded = useLoaded<{ items: Category[] }>('categories', (signal) => shop.categories(signal));
  if (loaded.state !== 'ready') return null;
  return (
    <div className="categories">
      {[{ slug: '', name: 'All' }, ...loaded.value.items].map(({ slug, name }) => (
        <button key={slug} aria-pressed={slug === chosen} onClick={() => onChosen(slug)}>
          {name}
        </button>
      ))}
    </div>
  );
}

function ProductCard({ product: { id, name, priceCents } }: { product: Product }) {
  return (
    <li>
      <Link to={`/products/${id}`}>
        <strong>{name}</strong>
        <Money cents={priceCents} />
      </Link>
    </li>
  );
}

function Pages({ page, pages, onChosen }: { page: number; pages: number; onChosen: (page: number) => void }) {
  return (
    <p className="pages">
      <button disabled={page === 1} onClick={() => onChosen(page - 1)}>
        Previous
      </button>{' '}
      {page} of {pages}{' '}
      <button disabled={page === pages} onClick={() => onChosen(page + 1)}>
        Next
      </button>
    </p>
  );
}
