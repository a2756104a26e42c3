import type { Head } from '../protocol/exchange.ts';
import { agreesWith, type Version } from './file-version.ts';

/** Which bytes of the whole file the body of an answer is. */
export interface Span {
  readonly from: number;
  /** The place behind the last byte; undefined if only the body's end will tell. */
  readonly to: number | undefined;
  /** The length of the whole file, if the answer tells it. */
  readonly whole: number | undefined;
}

export interface BodyFraming {
  /** What `Content-Length` announces, in bytes. */
  readonly announced: number | undefined;
  /** Whether the body is decoded on its way: then places in it are no places in the file. */
  readonly encoded: boolean;
}

/** What is there of a file, and of which version of it. */
export interface Held {
  readonly bytes: number;
  readonly version: Version;
}

/**
 * What becomes of a body: the file begins with it, or it goes on with what is held after leaving out its first `skip`
 * bytes, which are held already. `undefined`: none of its bytes has a known place.
 */
export type Placement = { readonly kind: 'fresh' } | { readonly kind: 'append'; readonly skip: number };

/**
 * The first byte to ask for. Where all may be there already, the last one is asked for again: its answer tells whether
 * it is the last and of the same version, where a range behind the end would be refused without a word about the file.
 */
export function firstWantedOf({ bytes, version: { length } }: Held): number {
  return length !== undefined && bytes < length ? bytes : bytes - 1;
}

/**
 * A 206, or a 200 with `Content-Range`, is what its `Content-Range` says; another 200 is the whole file.
 * @returns undefined if the answer does not say, or contradicts itself.
 */
export function spanOf(head: Head, framing: BodyFraming, asked: number): Span | undefined {
  const { status, headers } = head;
  const header = headers['content-range'];
  const isPartial = status === 206;
  if (isPartial && /^multipart\/byteranges/i.test(headers['content-type'] ?? '')) return undefined;
  if (header === undefined) return isPartial ? undefined : wholeBody(framing);
  const range = readRange(header);
  // Another unit than bytes, or only the total, on an answer to a request for the whole file.
  if (!range?.isRange && (isPartial || asked > 0)) return undefined;
  if (!range) return wholeBody(framing);
  const { announced, encoded } = framing;
  const { from, to, whole } = range;
  if (encoded) return from === 0 && to === whole ? wholeBody(framing) : undefined;
  const isSound = to > from && to <= (whole ?? to) && (announced === undefined || announced === to - from);
  if (isSound) return { from, to, whole };
  // Some servers name a wrong range beside the whole file; the total says what it is.
  const isWhole = !isPartial && whole !== undefined && announced === whole;
  return isWhole ? { from: 0, to: whole, whole } : undefined;
}

/** Decides where the body of an answer goes. @param held what is there of the file, if anything. */
export function placementOf(head: Head, span: Span, held: Held | undefined): Placement | undefined {
  const { from, to = Number.POSITIVE_INFINITY, whole } = span;
  // A range without a total is a part of nobody knows what: it may go on with a file, but is never all of one.
  const begins = from === 0 && (whole !== undefined || span.to === undefined);
  if (!held) return begins ? { kind: 'fresh' } : undefined;
  const { bytes, version } = held;
  if (begins && to >= (whole ?? to)) return contradicts(version, head, whole) ? undefined : { kind: 'fresh' };
  const total = version.length ?? whole;
  if (!agreesWith(version, head, whole) || total === undefined || to > total) return undefined;
  const bringsMore = to > bytes || (to === bytes && bytes === total);
  return from <= bytes && bringsMore ? { kind: 'append', skip: bytes - from } : undefined;
}

/** One entity tag and two lengths: one of the answers was no whole file, and nobody knows which. */
function contradicts({ etag, length }: Version, { headers }: Head, whole: number | undefined): boolean {
  const isSameTag = etag !== undefined && headers.etag === etag;
  return isSameTag && length !== undefined && whole !== undefined && whole !== length;
}

function wholeBody({ announced, encoded }: BodyFraming): Span {
  return encoded
    ? { from: 0, to: undefined, whole: undefined }
    : { from: 0, to: announced, whole: announced };
}

interface ReadRange extends Span {
  readonly to: number;
  /** Whether it names first and last byte, or only the total. */
  readonly isRange: boolean;
}

/** Reads `bytes 0-99/100`, also with what servers make of it: no unit, `=` for the blank, no total. */
function readRange(header: string): ReadRange | undefined {
  // No range is longer; blanks without end would take time without end.
  if (header.length > 200) return undefined;
  const found = /^\s*(?:bytes)?[\s=:]*(?:(\d+)\s*-\s*(\d+)|\*)\s*(?:\/\s*(\d+|\*))?\s*$/i.exec(header);
  if (!found) return undefined;
  const [, first = '0', last, total = '*'] = found;
  const whole = total === '*' ? undefined : Number(total);
  const to = last === undefined ? whole : Number(last) + 1;
  const from = Number(first);
  if (to === undefined || ![from, to, whole ?? 0].every(Number.isSafeInteger)) return undefined;
  return { from, to, whole, isRange: last !== undefined };
}
