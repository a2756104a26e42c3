import { useEffect, useRef, useState } from 'react';

const always = () => true;
/** What is held is looked at again after this. */
const lookMs = 50;

/**
 * A value as it stood at most `everyMs` ago: for what is costly to draw and not worth drawing at every update.
 * What changes after a longer quiet is shown at once. `mayGoOn` can hold it for another while.
 */
export function useThrottled<Value>(value: Value, everyMs: number, mayGoOn: () => boolean = always): Value {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  newest.current = value;
  useEffect(() => {
    if (Object.is(value, shown) || timer.current !== undefined) return;
    const show = () => {
      if (!mayGoOn()) {
        timer.current = setTimeout(show, lookMs);
        return;
      }
      timer.current = undefined;
      shownAt.current = performance.now();
      setShown(newest.current);
    };
    const wait = shownAt.current + everyMs - performance.now();
    if (wait > 0) timer.current = setTimeout(show, wait);
    else show();
  }, [value, shown, everyMs, mayGoOn]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}
