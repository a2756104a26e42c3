/** A frame of one colour, by its index in the palette of `writeGif`. */
export interface GifFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly colour: number;
}

/** Yellow, red, blue, green. */
const palette = [255, 255, 0, 255, 0, 0, 0, 0, 255, 0, 255, 0];

/** Writes a GIF without any transparent colour, of frames that may be smaller than its screen. */
export function writeGif(width: number, height: number, frames: readonly GifFrame[]): Buffer {
  const table = [...palette, ...new Array<number>(768 - palette.length).fill(0)];
  return Buffer.from([
    ...Buffer.from('GIF89a'),
    ...words(width, height),
    0xf7,
    0,
    0,
    ...table,
    ...frames.flatMap((frame) => [
      0x2c,
      ...words(frame.left, frame.top, frame.width, frame.height),
      0,
      ...lzw(frame.width * frame.height, frame.colour),
    ]),
    0x3b,
  ]);
}

function words(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value & 255, value >> 8]);
}

/** Codes of nine bits, cleared before they would grow. */
function lzw(count: number, colour: number): number[] {
  const [clear, end] = [256, 257];
  const codes = Array.from({ length: count }, (_, i) => (i % 254 === 0 ? [clear, colour] : [colour])).flat();
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const code of [...codes, end]) {
    bits |= code << held;
    for (held += 9; held >= 8; held -= 8) {
      out.push(bits & 255);
      bits >>>= 8;
    }
  }
  if (held > 0) out.push(bits);
  const blocks: number[] = [8];
  for (let at = 0; at < out.length; at += 255) {
    const block = out.slice(at, at + 255);
    blocks.push(block.length, ...block);
  }
  return [...blocks, 0];
}
