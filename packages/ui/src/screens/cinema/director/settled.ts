/** The latest of a value that changes many times a second, told a few times a second: for what is dear to show. */
import { useEffect, useRef, useState } from 'react';

/** @param ms at most once in so many */
export function useSettled<T>(value: T, ms = 200): T {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const told = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  newest.current = value;
  useEffect(() => {
    if (timer.current !== undefined) return;
    const left = told.current + ms - performance.now();
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        told.current = performance.now();
        setShown(newest.current);
      },
      Math.max(0, left),
    );
  }, [value, ms]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}
