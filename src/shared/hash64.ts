/**
 * Two independent 32-bit hashes (the mixing steps of MurmurHash3), never both 0. Not for secrets. Used because Node's
 * `crypto` takes 9 ms to load in each thread.
 */
export function hash64(text: string): [high: number, low: number] {
  let high = 0x9747b28c;
  let low = 0x51ed270b;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0xcc9e2d51);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ unit, 0x1b873593);
    low = (low << 15) | (low >>> 17);
  }
  high = finish(high ^ text.length ^ Math.imul(low, 5));
  low = finish(low ^ Math.imul(high, 0xe6546b64));
  return high === 0 && low === 0 ? [0, 1] : [high, low];
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
