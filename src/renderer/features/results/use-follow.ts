import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Within this distance of the end a person counts as being at the end. */
const nearPx = 48;

/**
 * Keeps the newest in sight while the person is at the end of the list, and leaves the scroll alone where they
 * went elsewhere. Returns whether it follows, a function that goes to the end, and one that does if it follows.
 */
export function useFollow(scroller: RefObject<HTMLElement | null>) {
  const [following, setFollowing] = useState(true);
  const state = useRef(following);
  // The place that we scrolled to ourselves: only other movements are the person's.
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
      // Back to that very place it will be the person's movement.
      own.current = -1;
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      if (atEnd === state.current) return;
      state.current = atEnd;
      setFollowing(atEnd);
    };
    element.addEventListener('scroll', moved, { passive: true });
    return () => element.removeEventListener('scroll', moved);
  }, [scroller]);

  const goOn = useCallback(() => {
    if (state.current) toEnd();
  }, [toEnd]);

  return { following, toEnd, goOn };
}
