import { cart, piecesIn } from '../state/cart.ts';
import { Link } from './link.tsx';
import { SearchBox } from './search-box.tsx';
import { SignIn } from './sign-in.tsx';

export function Header() {
  return (
    <header>
      <Link to="/" className="brand">
        Storefront
      </Link>
      <SearchBox />
      <SignIn />
      <CartBadge />
    </header>
  );
}

function CartBadge() {
  const pieces = piecesIn(cart.use());
  return (
    <Link to="/cart" className="cart-badge">
      Cart <span data-testid="pieces">{pieces}</span>
    </Link>
  );
}
