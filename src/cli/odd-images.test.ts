import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { oddImages } from '../../test/images/odd-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const images = await oddImages();
const expected = Object.fromEntries(
  images.map(({ name, ends, size }) => [name, size ? `${ends} ${size}` : ends]),
);

interface Told {
  readonly input?: string;
  readonly status: string;
  readonly output?: string;
  readonly width?: number;
  readonly height?: number;
  readonly error?: { readonly code: string };
}

/** Runs all images with these settings. @returns how each ended, and its thumbnail in the box of 60×60. */
async function run(...settings: readonly string[]) {
  const folder = tempFolder();
  for (const { name, bytes } of images) writeFileSync(join(folder, name), bytes);
  const { results } = await new Shell().json(['thumbs', folder, '--size', '60', ...settings]);
  const ended: Record<string, string> = {};
  const outputs = new Map<string, string>();
  for (const { input, status, output, width, height, error } of results as unknown as readonly Told[]) {
    if (input === undefined) continue;
    const name = basename(input);
    ended[name] = error ? error.code : `${status} ${width}x${height}`;
    if (output !== undefined && !error) outputs.set(name, output);
  }
  return { ended, pixels: await pixelsOf(outputs) };
}

async function pixelsOf(outputs: ReadonlyMap<string, string>): Promise<Map<string, Buffer>> {
  const pixels = new Map<string, Buffer>();
  for (const [name, path] of outputs) {
    pixels.set(
      name,
      await sharp(path)
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer(),
    );
  }
  return pixels;
}

function difference(one: Buffer, other: Buffer): number {
  let sum = 0;
  for (const [index, value] of one.entries()) sum += Math.abs(value - (other[index] ?? 0));
  return sum / one.length;
}

test('how an odd image ends, its shape and its pixels depend neither on the format nor on sizes nor on the pool', async () => {
  const runs = {
    jpeg: await run('--format', 'jpeg', '--pool', '1'),
    'jpeg, pool 8': await run('--format', 'jpeg', '--pool', '8'),
    'jpeg, two sizes': await run(
      '--format',
      'jpeg',
      '--size',
      '30',
      '--name',
      '{name}.{ext}-{width}x{height}',
    ),
    png: await run('--format', 'png', '--pool', '8'),
    webp: await run('--format', 'webp', '--pool', '8'),
    same: await run('--pool', '2'),
    previews: await run('--format', 'jpeg', '--previews', '--pool', '2'),
  };
  for (const [what, { ended, pixels }] of Object.entries(runs)) {
    expect(ended, what).toEqual(expected);
    for (const [name, own] of pixels) {
      const reference = runs.png.pixels.get(name);
      expect(reference?.length, `${what}: ${name}`).toBe(own.length);
      expect(difference(own, reference ?? own), `${what}: ${name}`).toBeLessThan(8);
    }
  }
});
