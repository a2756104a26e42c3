import { type RefObject, useEffect } from 'react';
import { holdTurns } from '../../../lib/frame-budget.ts';

/** Above this speed nobody sees more of a picture than its colour, in pixels a millisecond. */
const fast = 3;
/** How long after the last movement a list counts as resting, in milliseconds. */
const restMs = 120;

/** Loads no pictures while a list flies past: those that are passed would take the time of those where it ends. */
export function useFastScroll(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let before = { at: 0, top: element.scrollTop };
    const moved = ({ timeStamp: at }: Event) => {
      const top = element.scrollTop;
      // A single step, as of a key or of the list that follows its end, is no flight.
      const isMoving = at - before.at < restMs;
      if (isMoving) holdTurns(Math.abs(top - before.top) > fast * (at - before.at));
      before = { at, top };
      clearTimeout(rest);
      rest = setTimeout(holdTurns, restMs, false);
    };
    // Before whoever draws: afterwards, to read a position would lay the page out.
    element.addEventListener('scroll', moved, { passive: true, capture: true });
    return () => {
      element.removeEventListener('scroll', moved, { capture: true });
      clearTimeout(rest);
      holdTurns(false);
    };
  }, [scroller]);
}
