/** Rows of the inspector. */
import type { ReactNode } from 'react';

export const Fact = ({
  name,
  children,
  tone,
}: {
  name: string;
  children: ReactNode;
  tone?: string | undefined;
}) => (
  <div className="row fact">
    <dt>{name}</dt>
    <dd className={tone}>{children}</dd>
  </div>
);

export const Heading = ({ children }: { children: ReactNode }) => <h2 className="row heading">{children}</h2>;

/** A function or a file that can be gone to. */
export const Link = ({
  text,
  right,
  title,
  onClick,
}: {
  text: string;
  right: ReactNode;
  title?: string;
  onClick: () => void;
}) => (
  <button className="row link" onClick={onClick} title={title ?? text}>
    <span className="mono">{text}</span>
    <span>{right}</span>
  </button>
);
