import { lazy, Suspense } from 'react';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { Header } from './components/header.tsx';
import { CartPage } from './pages/cart.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { ProductPage } from './pages/product.tsx';
import { ProductsPage } from './pages/products.tsx';
import { usePath } from './hooks/use-path.ts';

/** Few visitors come as far as this, so its code is loaded by those who do. */
const CheckoutPage = lazy(() => import('./pages/checkout.tsx'));

export function App() {
  const path = usePath();
  return (
    <>
      <Header />
      <main>
        {/* With another path, a page that failed gets a fresh start. */}
        <ErrorBoundary key={path}>
          <Suspense fallback={<p className="quiet">Loading…</p>}>{pageOf(path)}</Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

function pageOf(path: string) {
  const product = /^\/products\/(\d+)$/.exec(path);
  if (product) return <ProductPage id={Number(product[1])} />;
  switch (path) {
    case '/':
      return <ProductsPage />;
    case '/cart':
      return <CartPage />;
    case '/checkout':
      return <CheckoutPage />;
    default:
      return <NotFoundPage />;
  }
}
