/**
 * What a screen reader finds in place of a drawing: one tab stop, the item in focus with its neighbours as hidden elements, and a
 * polite voice that says what the focus came to.
 */
import type { KeyboardEvent, Ref } from 'react';
import './scene.css';

export interface ProxyItem {
  /** Unique within the drawing. */
  id: string;
  /** All that there is to know of it, in words: `coupon.apply, 37 calls, 1 error`. */
  label: string;
}

export interface SceneProps {
  /** Where the stage puts its canvases. */
  ref: Ref<HTMLDivElement>;
  /** What is drawn, and which keys walk in it. */
  label: string;
  /** The item in focus; null: none. */
  focus: ProxyItem | null;
  /** Items that one key leads to. */
  neighbours?: readonly ProxyItem[];
  className?: string;
  /** What is said when the focus or what is shown changes; absent: label of the item in focus. */
  said?: string;
  onKeyDown?(event: KeyboardEvent): void;
}

/** A drawing: element, tab stop, and what is told of it. Panels above it stand beside it in the document: it takes all that hands do. */
export function Scene({ ref, label, focus, neighbours = [], className, said, ...on }: SceneProps) {
  return (
    <>
      <div
        ref={ref}
        className={className === undefined ? 'scene' : `scene ${className}`}
        role="application"
        aria-roledescription="drawing"
        aria-label={label}
        aria-activedescendant={focus === null ? undefined : domId(focus)}
        tabIndex={0}
        {...on}
      >
        <div className="aside">
          {[...(focus === null ? [] : [focus]), ...neighbours].map((item) => (
            <div key={item.id} id={domId(item)} role="img" aria-label={item.label} />
          ))}
        </div>
      </div>
      <div className="aside" aria-live="polite">
        {said ?? focus?.label ?? ''}
      </div>
    </>
  );
}

/** Ids may have anything in them but blanks. */
const domId = ({ id }: ProxyItem): string => `item-${encodeURIComponent(id)}`;
