import type { Raster } from '../../../../codecs/common/raster.ts';

/** The samples of one channel, as a decoder leaves them. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Of eight bits, or of more in sixteen. */
  readonly samples: Uint8Array | Uint16Array;
  /** Samples from a row to the next. */
  readonly stride: number;
  readonly bits: number;
}

/** A picture by its brightness and, if it is not grey, its two colour differences, which may have fewer samples. */
export interface Planes {
  readonly luma: Plane;
  readonly chroma?: readonly [blue: Plane, red: Plane];
  /** How much red and blue weigh in the brightness: ITU-T H.273, table 4. */
  readonly weights: { readonly red: number; readonly blue: number };
  /** Whether samples use all their values, instead of 16 to 235 or 240 of 255. */
  readonly fullRange: boolean;
}

/**
 * Makes a smaller picture of planes at once: each of its pixels is the mean of those that it stands for. It spares the
 * memory of a second and a third picture of full size, and the time to convert its colours.
 */
export function shrunk({ luma, chroma, weights, fullRange }: Planes, width: number, height: number): Raster {
  const bright = new Means(luma, width, height);
  const [blue, red] = chroma?.map((plane) => new Means(plane, width, height)) ?? [];
  const channels = blue && red ? 3 : 1;
  const pixels = new Uint8Array(width * height * channels);
  const { black, white } = levels(luma.bits, fullRange);
  const grey = (sample = 0): number => ((sample - black) * 255) / (white - black);
  const { centre, reach } = differences(chroma?.[0].bits ?? 8, fullRange);
  const ofRed = (2 * (1 - weights.red) * 255) / reach;
  const ofBlue = (2 * (1 - weights.blue) * 255) / reach;
  const ofGreen = 1 - weights.red - weights.blue;
  for (let y = 0, to = 0; y < height; y++) {
    const lumas = bright.row(y);
    const blues = blue?.row(y);
    const reds = red?.row(y);
    for (let x = 0; x < width; x++, to += channels) {
      const l = grey(lumas[x]);
      if (!blues || !reds) {
        pixels[to] = byteOf(l);
        continue;
      }
      const r = l + ofRed * ((reds[x] ?? 0) - centre);
      const b = l + ofBlue * ((blues[x] ?? 0) - centre);
      pixels[to] = byteOf(r);
      pixels[to + 1] = byteOf((l - weights.red * r - weights.blue * b) / ofGreen);
      pixels[to + 2] = byteOf(b);
    }
  }
  return { pixels, channels, width, height };
}

/** ITU-T H.273, 8.3: the samples of black and white. */
function levels(bits: number, fullRange: boolean): { black: number; white: number } {
  const unit = 2 ** (bits - 8);
  return fullRange ? { black: 0, white: 2 ** bits - 1 } : { black: 16 * unit, white: 235 * unit };
}

/** The sample of no colour, and how far samples reach from the least colour difference to the greatest. */
function differences(bits: number, fullRange: boolean): { centre: number; reach: number } {
  return { centre: 2 ** (bits - 1), reach: fullRange ? 2 ** bits - 1 : 224 * 2 ** (bits - 8) };
}

function byteOf(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}

/** The means of cells that divide a plane evenly, row by row. */
class Means {
  readonly #plane: Plane;
  readonly #columns: Uint32Array;
  readonly #rows: Uint32Array;
  readonly #means: Float64Array;

  constructor(plane: Plane, width: number, height: number) {
    this.#plane = plane;
    this.#columns = edges(width, plane.width);
    this.#rows = edges(height, plane.height);
    this.#means = new Float64Array(width);
  }

  /** Valid until the next. */
  row(y: number): Float64Array {
    const { samples, stride } = this.#plane;
    const means = this.#means.fill(0);
    const columns = this.#columns;
    const top = this.#rows[y] ?? 0;
    const bottom = Math.max(top + 1, this.#rows[y + 1] ?? 0);
    for (let row = top; row < bottom; row++) addRow(samples, row * stride, columns, means);
    for (let x = 0; x < means.length; x++) {
      const cells = Math.max(1, (columns[x + 1] ?? 0) - (columns[x] ?? 0)) * (bottom - top);
      means[x] = (means[x] ?? 0) / cells;
    }
    return means;
  }
}

/** Where cells begin. A plane of fewer samples than there are cells has some of them more than once. */
function edges(cells: number, length: number): Uint32Array {
  const at = (cell: number): number => Math.min(Math.round((cell * length) / cells), length - 1);
  return Uint32Array.from({ length: cells + 1 }, (_, cell) => (cell === cells ? length : at(cell)));
}

function addRow(samples: Plane['samples'], row: number, columns: Uint32Array, sums: Float64Array): void {
  for (let x = 0; x < sums.length; x++) {
    const from = row + (columns[x] ?? 0);
    const to = Math.max(from + 1, row + (columns[x + 1] ?? 0));
    let sum = 0;
    for (let at = from; at < to; at++) sum += samples[at] ?? 0;
    sums[x] = (sums[x] ?? 0) + sum;
  }
}
