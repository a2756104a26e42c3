/**
 * The memory of one image. WebAssembly memory is one block: a write past the end of a region does not trap but damages
 * the next region. So every region is followed by a guard of known bytes, which is checked after each image.
 *
 *   [static tables][guard][input file][guard][region][guard][region][guard] …
 *
 * No region is freed by itself: the next image starts over from the input. The memory grows when an image needs more
 * than any before it, never beyond MAX_BYTES, and is reused otherwise.
 */
const PAGE: u64 = 65536;
const MAX_BYTES: u64 = 256 * 1024 * 1024;
const GUARD_BYTES: usize = 16;
const MAX_GUARDS: i32 = 512;
const GUARD: u64 = 0xa5c3_5a3c_96e1_1e69;

const guards = memory.data(512 * 4);
let guardCount: i32 = 0;
let top: usize = 0;

function align(at: usize): usize {
  return (at + 15) & ~(<usize>15);
}

function putGuard(): void {
  store<u64>(top, GUARD);
  store<u64>(top + 8, GUARD);
  store<u32>(guards + ((<usize>guardCount) << 2), <u32>top);
  guardCount++;
  top += GUARD_BYTES;
}

/** Returns the region's address, or 0 if the image would exceed the bound: the caller then refuses the image. */
export function allocate(bytes: u64): usize {
  if (guardCount >= MAX_GUARDS || bytes > MAX_BYTES) return 0;
  const end = ((<u64>top + bytes + 15) & ~(<u64>15)) + <u64>GUARD_BYTES;
  if (end > MAX_BYTES) return 0;
  const have = <u64>memory.size() * PAGE;
  if (end > have && memory.grow(<i32>((end - have + PAGE - 1) / PAGE)) < 0) return 0;
  const at = top;
  top = align(at + <usize>bytes);
  putGuard();
  return at;
}

/** Frees all regions. The first region allocated afterwards is the input. */
export function resetArena(): void {
  top = align(__heap_base);
  guardCount = 0;
}

let afterInput: usize = 0;
let afterInputGuards: i32 = 0;

/** Regions allocated so far (the input file) are kept by `releaseToMark`. */
export function markArena(): void {
  afterInput = top;
  afterInputGuards = guardCount;
}

export function releaseToMark(): void {
  top = afterInput;
  guardCount = afterInputGuards;
}

export function guardsIntact(): bool {
  for (let i = 0; i < guardCount; i++) {
    const at = <usize>load<u32>(guards + ((<usize>i) << 2));
    if (load<u64>(at) !== GUARD || load<u64>(at + 8) !== GUARD) return false;
  }
  return true;
}
