import type { FormEvent } from 'react';
import type { CartLine } from '../api/types.ts';
import { Link } from '../components/link.tsx';
import { Money } from '../components/money.tsx';
import { cart, redeemCoupon, removeFromCart } from '../state/cart.ts';

export function CartPage() {
  const current = cart.use();
  if (current === undefined || current.lines.length === 0) return <p>The cart is empty.</p>;
  const { discountCents, taxCents, totalCents } = current.price;
  return (
    <>
      <h1>Cart</h1>
      <table>
        <tbody>
          {current.lines.map((line) => (
            <Line key={line.productId} line={line} />
          ))}
        </tbody>
      </table>
      <p>
        Discount <Money cents={discountCents} />, tax <Money cents={taxCents} />, total{' '}
        <strong>
          <Money cents={totalCents} />
        </strong>
      </p>
      <Coupon />
      <Link to="/checkout" className="next">
        Go to checkout
      </Link>
    </>
  );
}

function Line({ line: { productId, name, quantity, unitCents } }: { line: CartLine }) {
  return (
    <tr>
      <td>{name}</td>
      <td>{quantity}</td>
      <td>
        <Money cents={unitCents * quantity} />
      </td>
      <td>
        <button onClick={() => void removeFromCart(productId)}>Remove</button>
      </td>
    </tr>
  );
}

function Coupon() {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // Planted: nobody hears of a coupon that the shop cannot price.
    void redeemCoupon(String(new FormData(event.currentTarget).get('code')));
  }
  return (
    <form onSubmit={submit}>
      <input name="code" aria-label="Coupon" placeholder="WELCOME-ALL-10" />
      <button>Redeem</button>
    </form>
  );
}
