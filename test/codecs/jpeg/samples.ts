import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type JpegOptions } from 'sharp';
import { needs } from '../../needs.ts';

export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture with slopes and edges, the same on every run. Its colours change slowly: what the thumbnail's own 4:2:0
 * takes away is little, and a difference from the reference is the kernel's doing.
 */
export function picture(width: number, height: number): Pixels {
  const data = Buffer.alloc(width * height * 3);
  // Waves that a thumbnail of half the size can still show: beyond that every filter has its own answer.
  const across = Math.min(19, width / 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const u = x / Math.max(1, width - 1);
      const v = y / Math.max(1, height - 1);
      const inDisc = (u - 0.6) ** 2 + (v - 0.4) ** 2 < 0.05;
      const light = Math.sin(u * across + v * 7) * 28 + (inDisc ? 40 : 0);
      data[at] = clamp(70 + 60 * u + light);
      data[at + 1] = clamp(130 - 50 * v + light);
      data[at + 2] = clamp(80 + 60 * v * (1 - u) + light);
    }
  }
  return { data, width, height };
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

/** Numbers that look random and never change: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Noise: the longest codes, and every coefficient at its largest. */
export function noise(width: number, height: number, seed = 1): Pixels {
  const random = randomFrom(seed);
  return {
    data: Buffer.from(Uint8Array.from({ length: width * height * 3 }, () => random() * 256)),
    width,
    height,
  };
}

export function sharpJpeg(pixels: Pixels, options: JpegOptions): Promise<Buffer> {
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .jpeg(options)
    .toBuffer();
}

/** libjpeg-turbo's encoder, for the files that sharp cannot make. Of Debian's libjpeg-turbo-progs. */
export const withCjpeg = needs(
  "cjpeg (Debian's libjpeg-turbo-progs)",
  spawnSync('cjpeg', ['-version']).error === undefined,
);

export function cjpeg(pixels: Pixels, ...options: readonly string[]): Buffer {
  const header = Buffer.from(`P6\n${pixels.width} ${pixels.height}\n255\n`);
  const made = spawnSync('cjpeg', options, {
    input: Buffer.concat([header, pixels.data]),
    maxBuffer: 256 * 1024 * 1024,
  });
  if (made.status !== 0) throw new Error(`cjpeg ${options.join(' ')}: ${made.stderr}`);
  return made.stdout;
}

/** The same with a scan script; see libjpeg's wizard.txt. */
export function cjpegScans(pixels: Pixels, script: string, ...options: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-scans-'));
  try {
    const file = join(folder, 'scans.txt');
    writeFileSync(file, script);
    return cjpeg(pixels, '-scans', file, ...options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Difference {
  /** Mean absolute difference of the worst channel. */
  readonly mean: number;
  readonly max: number;
}

/** How far `made` is from `source` decoded in full by libjpeg and scaled by a good filter, in 8-bit RGB. */
export async function differenceFromFull(source: Uint8Array, made: Uint8Array): Promise<Difference> {
  const ours = await decode(made);
  const full = await decode(source);
  const reference =
    full.width === ours.width && full.height === ours.height
      ? full.data
      : await sharp(full.data, { raw: { width: full.width, height: full.height, channels: 3 } })
          .resize(ours.width, ours.height, { fit: 'fill', kernel: 'lanczos3' })
          .raw()
          .toBuffer();
  return difference(reference, ours.data);
}

export async function decode(jpeg: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(jpeg, { failOn: 'none', limitInputPixels: false })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { data, width: info.width, height: info.height };
  const rgb = Buffer.alloc(info.width * info.height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = data[Math.floor(i / 3) * info.channels] ?? 0;
  return { data: rgb, width: info.width, height: info.height };
}

export function difference(a: Buffer, b: Buffer): Difference {
  if (a.length !== b.length) throw new Error(`Expected ${a.length} samples, got ${b.length}`);
  const sums = [0, 0, 0];
  let max = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    sums[i % 3] = (sums[i % 3] ?? 0) + apart;
    max = Math.max(max, apart);
  }
  return { mean: (Math.max(...sums) * 3) / a.length, max };
}

/** Of light alone: chroma of noise does not survive the thumbnail's own 4:2:0. */
export function meanLightDifference(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 3) sum += Math.abs(light(a, i) - light(b, i));
  return (sum * 3) / a.length;
}

function light(rgb: Buffer, at: number): number {
  return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
}

export const sample = picture(203, 151);
/** Boxes in which the blocks of the sample are decoded to 1, 2, 4, 8 and 8 samples a side. */
export const sides = [12, 25, 50, 100, 203];
