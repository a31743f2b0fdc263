import { Link } from '../components/link.tsx';

export function NotFoundPage() {
  return (
    <p>
      There is no such page. <Link to="/">All products</Link>
    </p>
  );
}
