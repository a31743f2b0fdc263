/** What stands where there is nothing to show: why, and what to do. */
import type { ReactNode } from 'react';
import { NoAnswer } from '../api/ask.ts';
import './notice.css';

interface Props {
  title: string;
  tone?: 'plain' | 'good' | 'bad';
  /** Why, and what to do. */
  children?: ReactNode;
}

export function Notice({ title, tone = 'plain', children }: Props) {
  return (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <h2>{title}</h2>
      {children && <div>{children}</div>}
    </div>
  );
}

/** A question that was not answered. */
export function Failed({ error, retry }: { error: Error; retry?: () => void }) {
  const hint = error instanceof NoAnswer ? error.hint : undefined;
  return (
    <Notice title={error.message} tone="bad">
      {hint && <p>{hint}</p>}
      {retry && (
        <button className="button" onClick={retry}>
          Ask again
        </button>
      )}
    </Notice>
  );
}

/** Something to type in a terminal. */
export const Terminal = ({ children }: { children: string }) => <code className="terminal">{children}</code>;

/** Nothing for a moment, then words: most answers are there before anybody could read them. */
export const Waiting = ({ children }: { children: ReactNode }) => (
  <p className="waiting" role="status">
    {children}
  </p>
);
