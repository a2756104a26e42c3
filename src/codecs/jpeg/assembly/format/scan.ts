/** The scan header (T.81 B.2.3). */
@unmanaged
export class Scan {
  count: i32;
  first: i32;
  second: i32;
  third: i32;
  fourth: i32;
  /** Ss, Se, Ah, Al: the band and the bit positions of a progressive scan. */
  start: i32;
  end: i32;
  high: i32;
  low: i32;
  mcusWide: i32;
  mcusHigh: i32;

  /** The index in the frame of the scan's component `i`. */
  component(i: i32): i32 {
    if (i < 2) return i === 0 ? this.first : this.second;
    return i === 2 ? this.third : this.fourth;
  }

  add(index: i32): void {
    if (this.count === 0) this.first = index;
    else if (this.count === 1) this.second = index;
    else if (this.count === 2) this.third = index;
    else this.fourth = index;
    this.count++;
  }
}

export const scan: Scan = changetype<Scan>(memory.data(64));
