/** What becomes of damage: whether it ends the image, and what is told of it in the end. */
import { frame } from './frame';
import { Outcome } from './outcome';

/** Records damage that no pixel has suffered from. */
export function noteHarmless(damage: Outcome): void {
  if (frame.harmless === 0) frame.harmless = damage;
}

/** Returns whether faults are tolerated, and if so, records this one. */
export function tolerate(fault: Outcome): bool {
  if (fault === Outcome.OK) return true;
  if (!frame.tolerant) return false;
  if (frame.fault === 0) frame.fault = fault;
  return true;
}

/** What there is to tell of an image that was decoded: rather what its pixels lack than what is harmless. */
export function warningOfImage(): i32 {
  return frame.fault !== 0 ? frame.fault : frame.harmless;
}
