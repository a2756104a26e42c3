import { useEffect, useRef, useState } from 'react';

const always = () => true;
/** What is held is looked at again after this. */
const lookMs = 50;

/** How long something stays on screen at least, in milliseconds, before something newer takes its place. */
type Pace<Value> = (shown: Value, newest: Value) => number;

/**
 * A value as it stood a little while ago: for what is costly to draw and not worth drawing at every update. What
 * changes after a longer quiet is shown at once. `mayGoOn` can hold it for another while.
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
    // What is newer may be more urgent.
    clearTimeout(timer.current);
    show();
  }, [value, shown, pace, mayGoOn]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return shown;
}
