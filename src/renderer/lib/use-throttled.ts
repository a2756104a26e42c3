import { useEffect, useRef, useState } from 'react';

const always = () => true;

/**
 * A value as it stood at most `everyMs` ago: for what is costly to draw and not worth drawing at every update.
 * `mayGoOn` can hold it for another while.
 */
export function useThrottled<Value>(value: Value, everyMs: number, mayGoOn: () => boolean = always): Value {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  newest.current = value;
  useEffect(() => {
    if (Object.is(value, shown) || timer.current !== undefined) return;
    const show = () => {
      if (!mayGoOn()) {
        timer.current = setTimeout(show, everyMs);
        return;
      }
      timer.current = undefined;
      setShown(newest.current);
    };
    timer.current = setTimeout(show, everyMs);
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
