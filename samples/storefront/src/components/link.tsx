import type { MouseEvent, ReactNode } from 'react';
import { navigate } from '../hooks/use-path.ts';

/** A link of our own pages: without loading the document again, unless a new tab or window is wanted. */
export function Link({ to, children, className }: { to: string; children: ReactNode; className?: string }) {
  function follow(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  }
  return (
    <a href={to} className={className} onClick={follow}>
      {children}
    </a>
  );
}
