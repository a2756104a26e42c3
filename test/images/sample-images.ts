import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

export interface SampleSet {
  readonly count: number;
  /** Bounds of the pictures' sides, in pixels. Sizes between them are spread evenly. */
  readonly smallest?: { readonly width: number; readonly height: number };
  readonly largest?: { readonly width: number; readonly height: number };
}

/**
 * Makes JPEGs that compress like photographs: smooth gradients and shapes under a little noise, each different.
 * The same numbers give the same pictures. Returns their names.
 */
export async function makeSampleImages(folder: string, set: SampleSet): Promise<string[]> {
  const { count, smallest = { width: 320, height: 240 }, largest = { width: 640, height: 480 } } = set;
  mkdirSync(folder, { recursive: true });
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `sample-${String(index + 1).padStart(5, '0')}.jpg`;
    const width = smallest.width + ((index * 37) % (largest.width - smallest.width + 1));
    const height = smallest.height + ((index * 53) % (largest.height - smallest.height + 1));
    writeFileSync(join(folder, name), await sampleJpeg(index, width, height));
    names.push(name);
  }
  return names;
}

/**
 * Images that take any machine long, a WebP of 12 megapixels under many names: a run of some of them is still on when
 * a test has looked at it, however slow the looking is, as both are on the same machine. Their names come after those
 * of the other samples.
 */
export async function makeSlowImages(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const names = Array.from({ length: count }, (_, at) => `slow-${String(at + 1).padStart(5, '0')}.webp`);
  const [first = '', ...others] = names;
  writeFileSync(join(folder, first), await slowImage());
  for (const name of others) linkSync(join(folder, first), join(folder, name));
  return names;
}

let slowPicture: Promise<Buffer> | undefined;

/** To make it takes a second. */
function slowImage(): Promise<Buffer> {
  slowPicture ??= sampleJpeg(6, 1_000, 750).then((jpeg) =>
    sharp(jpeg).resize(4_000, 3_000).webp({ effort: 0 }).toBuffer(),
  );
  return slowPicture;
}

/** Noise costs more than all the rest of a picture, so that one tile of it is made once. */
let grainTile: Promise<Buffer> | undefined;

const tileSide = 128;

async function grainFor(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 12 };
  const create = { width: tileSide, height: tileSide, channels: 3 as const, background: '#808080', noise };
  grainTile ??= sharp({ create }).png().toBuffer();
  const tile = await grainTile;
  if (width >= tileSide && height >= tileSide) return tile;
  // A tile must not be larger than what it is laid on.
  const part = { left: 0, top: 0, width: Math.min(width, tileSide), height: Math.min(height, tileSide) };
  return sharp(tile).extract(part).png().toBuffer();
}

/** Tests of one file ask for the same few again and again. Thousands, as a benchmark wants, would fill the memory. */
const mostKept = 200;
const kept = new Map<string, Promise<Buffer>>();

/** One picture, told apart from others by its seed. */
export async function sampleJpeg(seed: number, width: number, height: number): Promise<Buffer> {
  const key = `${seed} ${width} ${height}`;
  const picture = kept.get(key) ?? makeJpeg(seed, width, height);
  if (kept.size < mostKept) kept.set(key, picture);
  // Some are damaged by who asked for them.
  return Buffer.from(await picture);
}

async function makeJpeg(seed: number, width: number, height: number): Promise<Buffer> {
  const hue = (seed * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1">
      <stop offset="0" stop-color="hsl(${hue},60%,70%)"/><stop offset="1" stop-color="hsl(${hue + 60},50%,25%)"/>
    </linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${20 + ((seed * 13) % 60)}%" cy="${20 + ((seed * 7) % 40)}%" r="${8 + (seed % 9)}%" fill="hsl(${hue + 180},80%,80%)"/>
    <path d="M0 ${height} L${width * 0.35} ${height * 0.45} L${width * 0.6} ${height} Z" fill="hsl(${hue + 90},30%,30%)"/>
    <path d="M${width * 0.3} ${height} L${width * 0.7} ${height * 0.55} L${width} ${height} Z" fill="hsl(${hue + 120},35%,22%)"/>
  </svg>`;
  const grain = await grainFor(width, height);
  return sharp(Buffer.from(svg))
    .composite([{ input: grain, tile: true, gravity: 'northwest', blend: 'soft-light' }])
    .jpeg({ quality: 82 })
    .toBuffer();
}
