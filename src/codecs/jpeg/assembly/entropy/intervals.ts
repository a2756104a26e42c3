/**
 * Which segment of a scan holds which restart interval (T.81 E.2.4). Where markers are missing, wrong or too many, the
 * rules are those of libjpeg's jpeg_resync_to_restart, so that no more is lost than it loses.
 */
import { EOI } from '../format/codes';
import { frame } from '../format/frame';
import { Outcome } from '../format/outcome';
import { noteHarmless } from '../format/verdict';
import {
  exhausted,
  holdsData,
  leftOver,
  markerAfterScan,
  openSegment,
  paddedEvenly,
  segmentAt,
  segmentsFound,
} from './entropy-bytes';

/** The segment after the last one that was started: its marker is the next one in the file. */
let following: i32 = 0;
/** Whether a marker was not the expected one. */
let isMixedUp: bool = false;
/** Whether every segment is one interval, whatever number its marker has. */
let inOrder: bool = false;

/** Starts with the first of `intervals` restart intervals. */
export function startScan(intervals: i32): void {
  following = 1;
  isMixedUp = false;
  inOrder = areInOrder(intervals);
  openSegment(0);
}

function hasNumber(segment: i32): bool {
  return segmentAt(segment).code === (0xd0 | ((segment - 1) & 7));
}

/**
 * Whether there are as many segments as intervals, and wrong numbers stand alone. Where an interval was lost and
 * another is there twice, all numbers in between are wrong.
 */
function areInOrder(intervals: i32): bool {
  if (segmentsFound() !== intervals) return false;
  for (let i = 2; i < intervals; i++) if (!hasNumber(i) && !hasNumber(i - 1)) return false;
  return true;
}

/** Starts interval `index`, after the one before it. Returns false if the interval was lost. */
export function startNext(index: i32): bool {
  const desired = 0xd0 | ((index - 1) & 7);
  while (following < segmentsFound()) {
    const code = segmentAt(following).code;
    if (inOrder || code >= 0xd0) {
      const ahead = (code - desired) & 7;
      // The file goes on with one of the next two intervals.
      if (!inOrder && (ahead === 1 || ahead === 2)) return false;
      if (inOrder || ahead < 6) {
        if (code !== desired) noteMixUp();
        openSegment(following);
        following++;
        return true;
      }
    }
    // An interval that was there before, or no restart marker: passed over.
    noteMixUp();
    following++;
  }
  return false;
}

function noteMixUp(): void {
  isMixedUp = true;
  noteHarmless(Outcome.HARMLESS_RESTART);
}

/** Whether the data after the segment being read is missing, not damaged. */
function wasCut(): bool {
  if (isMixedUp || following < segmentsFound()) return false;
  return markerAfterScan() === 0 || markerAfterScan() === EOI;
}

/** The outcome for an interval that `startNext` did not find. */
export function faultOfLoss(): Outcome {
  return wasCut() ? Outcome.TRUNCATED : Outcome.CORRUPT_RESTART;
}

/** The outcome for data that ends before its interval does. */
export function faultAtEnd(): Outcome {
  if (wasCut()) return Outcome.TRUNCATED;
  return frame.restartInterval === 0 ? Outcome.CORRUPT_CODE : Outcome.CORRUPT_RESTART;
}

/** The outcome for a code that does not exist, or a run past the end of a block. */
export function faultInside(): Outcome {
  if (exhausted()) return faultAtEnd();
  // What was cut may break off anywhere, in a code as well.
  return markerAfterScan() === 0 && following >= segmentsFound() ? Outcome.TRUNCATED : Outcome.CORRUPT_CODE;
}

/** Ends an interval whose MCUs were all read. */
export function endInterval(): Outcome {
  if (exhausted()) return faultAtEnd();
  if (!leftOver()) return Outcome.OK;
  if (frame.doubtful || !paddedEvenly()) return Outcome.CORRUPT_EXTRA_DATA;
  noteHarmless(Outcome.HARMLESS_EXTRA_DATA);
  return Outcome.OK;
}

/** Ends the scan after its last interval. Some cameras write one more restart marker, with nothing after it. */
export function endScan(): void {
  for (; following < segmentsFound(); following++) {
    const rest = segmentAt(following);
    if (holdsData(rest, rest.start)) noteHarmless(Outcome.HARMLESS_EXTRA_DATA);
  }
}
