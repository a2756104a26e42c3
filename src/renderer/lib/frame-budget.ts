type Turn = () => void;

/** So many a frame: starting a picture's load takes a quarter of a millisecond and more, and a screenful comes at once. */
const turnsAFrame = 4;

const waiting = new Set<Turn>();
let left = turnsAFrame;
let frameAsked = false;

/** Does something small now or, where much of it comes at once, in one of the next frames. Returns how to call it off. */
export function scheduleInFrame(turn: Turn): () => void {
  askFrame();
  if (left > 0 && waiting.size === 0) {
    left -= 1;
    turn();
    return () => {};
  }
  waiting.add(turn);
  return () => waiting.delete(turn);
}

function askFrame(): void {
  if (!frameAsked) requestAnimationFrame(nextFrame);
  frameAsked = true;
}

function nextFrame(): void {
  frameAsked = false;
  left = turnsAFrame;
  for (const turn of waiting) {
    if (left === 0) break;
    left -= 1;
    waiting.delete(turn);
    turn();
  }
  if (waiting.size > 0) askFrame();
}
