import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Narrowing } from '../../../stores/row-cache.ts';

/** Within this distance of the end, in pixels, a person counts as being at the end. */
const nearPx = 48;

/**
 * Keeps the newest items in sight while the person is at the end of the list, and does not scroll once they have
 * scrolled elsewhere. Returns whether it follows, a function that scrolls to the end, and one that does so only while
 * it follows.
 *
 * @param height of the list as it is seen, in pixels.
 */
export function useFollow(scroller: RefObject<HTMLElement | null>, height: number, narrowing?: Narrowing) {
  const [following, setFollowing] = useState(true);
  const state = useRef(following);
  // The position that the code scrolled to itself: only other movements are the person's.
  const own = useRef(-1);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    own.current = element.scrollTop;
    state.current = true;
    setFollowing(true);
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const moved = () => {
      if (Math.abs(element.scrollTop - own.current) < 1) return;
      // From now on, a movement back to that very position is the person's.
      own.current = -1;
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      if (atEnd === state.current) return;
      state.current = atEnd;
      setFollowing(atEnd);
    };
    // Before whoever draws: afterwards, to read a height would lay the page out.
    element.addEventListener('scroll', moved, { passive: true, capture: true });
    return () => element.removeEventListener('scroll', moved, { capture: true });
  }, [scroller]);

  // Where the list becomes lower or higher, its end stays where it was: the newest may not be drawn yet.
  const formerHeight = useRef(height);
  useEffect(() => {
    const element = scroller.current;
    const lower = formerHeight.current - height;
    formerHeight.current = height;
    if (element === null || !state.current || lower === 0) return;
    element.scrollTop += lower;
    own.current = element.scrollTop;
  }, [scroller, height]);

  // What was searched for or sorted begins at its beginning, and has no newest end to follow.
  useEffect(() => {
    if (narrowing !== undefined) scroller.current?.scrollTo(0, 0);
  }, [scroller, narrowing]);

  const goOn = useCallback(() => {
    if (state.current && narrowing === undefined) toEnd();
  }, [toEnd, narrowing]);

  return { following, toEnd, goOn };
}
