type Turn = () => void;

/**
 * At most this many turns a frame: starting to load a picture takes at least 0.25 ms, and a screenful comes at once.
 */
const turnsAFrame = 4;

const waiting = new Set<Turn>();
let left = turnsAFrame;
let isLastFirst = false;
let frameAsked = false;
let isHeld = false;

/** Runs a small turn now or, if many come at once, in one of the next frames. Returns a function that cancels it. */
export function scheduleInFrame(turn: Turn): () => void {
  askFrame();
  if (left > 0 && waiting.size === 0 && !isHeld) {
    left -= 1;
    turn();
    return () => {};
  }
  waiting.add(turn);
  return () => waiting.delete(turn);
}

/** Whether those that came last have their turns first: a list that is scrolled back is drawn from its top all the same. */
export function loadLastFirst(wanted: boolean): void {
  isLastFirst = wanted;
}

/** Whether turns wait for as long as this holds. */
export function holdTurns(held: boolean): void {
  if (isHeld === held) return;
  isHeld = held;
  if (!held && waiting.size > 0) askFrame();
}

function askFrame(): void {
  if (!frameAsked) requestAnimationFrame(nextFrame);
  frameAsked = true;
}

function nextFrame(): void {
  frameAsked = false;
  left = turnsAFrame;
  if (isHeld) return;
  for (const turn of isLastFirst ? [...waiting].reverse() : waiting) {
    if (left === 0) break;
    left -= 1;
    waiting.delete(turn);
    turn();
  }
  if (waiting.size > 0) askFrame();
}
