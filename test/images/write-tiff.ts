/** The values of each tag: SHORT where all are below 65536, otherwise LONG. */
export type TiffTags = Readonly<Record<number, readonly number[]>>;

interface TiffSample {
  readonly width: number;
  readonly height: number;
  /** The strip, or what stands in its place. */
  readonly data: Uint8Array;
  /** Beside those for the size and the strip; they replace the defaults: 8 bits, greyscale, uncompressed. */
  readonly tags?: TiffTags;
  /** Default `II`, little endian. */
  readonly order?: 'II' | 'MM';
  readonly big?: boolean;
}

const SHORT = 3;
const LONG = 4;

/** Writes a TIFF file of one strip (TIFF 6.0, section 2; BigTIFF by its design of 2004). */
export function writeTiff({ width, height, data, tags = {}, order = 'II', big = false }: TiffSample): Buffer {
  const little = order === 'II';
  const dataAt = big ? 16 : 8;
  const all: Record<number, readonly number[]> = {
    256: [width],
    257: [height],
    258: [8],
    259: [1],
    262: [1],
    273: [dataAt],
    277: [1],
    278: [height],
    279: [data.length],
    ...tags,
  };
  const out: number[] = [];
  const put = (value: number, size: number) => {
    const bytes = Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);
    out.push(...(little ? bytes : bytes.toReversed()));
  };
  const [counts, offsets] = big ? [8, 8] : [4, 4];
  const ifd = dataAt + data.length + (data.length % 2);
  const entries = Object.entries(all);
  let later = ifd + (big ? 8 : 2) + entries.length * (big ? 20 : 12) + offsets;
  const outOfLine: { values: readonly number[]; size: number }[] = [];
  out.push(...Buffer.from(order));
  put(big ? 43 : 42, 2);
  if (big) {
    put(8, 2);
    put(0, 2);
  }
  put(ifd, offsets);
  out.push(...data, ...(data.length % 2 ? [0] : []));
  put(entries.length, big ? 8 : 2);
  for (const [tag, values] of entries) {
    const size = values.some((value) => value > 65535) ? 4 : 2;
    put(Number(tag), 2);
    put(size === 2 ? SHORT : LONG, 2);
    put(values.length, counts);
    if (values.length * size <= offsets) {
      for (const value of values) put(value, size);
      put(0, offsets - values.length * size);
    } else {
      put(later, offsets);
      later += values.length * size;
      outOfLine.push({ values, size });
    }
  }
  put(0, offsets);
  for (const { values, size } of outOfLine) for (const value of values) put(value, size);
  return Buffer.from(out);
}
