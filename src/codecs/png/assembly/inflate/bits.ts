/**
 * The datastream as bits: of a byte the least significant comes first (RFC 1951, 3.1.1).
 *
 * Bits are read past the end without a check, never by more than READ_MARGIN bytes: whoever reads in a loop asks
 * `isPastEnd`, and then the datastream is refused.
 */
@unmanaged
export class Bits {
  /** The next bits, from the lowest on. */
  buffer: u64;
  /** How many bits of `buffer` count. Those above them are either zero or what follows in the datastream. */
  count: u32;
  /** The byte that is read next. */
  next: usize;
  end: usize;
}

export const bits: Bits = changetype<Bits>(memory.data(32));

/** The most bytes behind the datastream that are read: by a loop that ends eight bytes past it, 24; the rest is reserve. */
export const READ_MARGIN: u64 = 64;

export function openBits(at: usize, length: i32): void {
  bits.buffer = 0;
  bits.count = 0;
  bits.next = at;
  bits.end = at + <usize>length;
}

/** Afterwards there are at least 56 bits. Eight bytes are read at once; those that do not fit are read again. */
export function refill(): void {
  bits.buffer |= load<u64>(bits.next) << (<u64>bits.count);
  bits.next += (63 - bits.count) >> 3;
  bits.count |= 56;
}

/** A number of that many bits (3.1.1). Of the bits since the last `refill`, no more than 56 can be taken. */
export function take(count: u32): u32 {
  const value = <u32>(bits.buffer & (((<u64>1) << (<u64>count)) - 1));
  bits.buffer >>= <u64>count;
  bits.count -= count;
  return value;
}

/** Whether bits were taken that the datastream does not have. */
export function isPastEnd(): bool {
  return bits.next - (bits.count >> 3) > bits.end;
}

/** Passes over the rest of a byte (3.2.4), and returns the address of the next. */
export function toByte(): usize {
  bits.next -= bits.count >> 3;
  bits.buffer = 0;
  bits.count = 0;
  return bits.next;
}
