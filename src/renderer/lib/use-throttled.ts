import { useEffect, useRef, useState } from 'react';

const always = () => true;
/** How often a value that `mayGoOn` holds back is tried again, in milliseconds. */
const lookMs = 50;

/** The least time that a value stays on screen before a newer one replaces it, in milliseconds. */
type Pace<Value> = (shown: Value, newest: Value) => number;

/**
 * A value that lags a little behind: for views that are costly to draw and not worth drawing at every update. A change
 * after a longer quiet is shown at once. `mayGoOn` can hold a change back a while longer.
 */
export function useThrottled<Value>(value: Value, pace: Pace<Value>, mayGoOn: () => boolean = always): Value {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  newest.current = value;
  useEffect(() => {
    if (Object.is(value, shown)) return;
    const show = () => {
      const wait = shownAt.current + pace(shown, newest.current) - performance.now();
      if (wait > 0 || !mayGoOn()) {
        timer.current = setTimeout(show, Math.max(wait, lookMs));
        return;
      }
      shownAt.current = performance.now();
      setShown(newest.current);
    };
    // The newer value may be more urgent than the one that is waited for.
    clearTimeout(timer.current);
    show();
  }, [value, shown, pace, mayGoOn]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return shown;
}
