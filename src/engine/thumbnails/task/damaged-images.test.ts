import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noise } from '../../../../test/images/test-images.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { bytesInMemory } from '../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../shared/failure.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { endsEarly } from '../formats/ends-early.ts';
import { makeThumbnail } from './thumbnail.ts';

/** The code and the message, without the file's name, that an image fails with; `done` if it does not. */
async function outcomeOf(bytes: Uint8Array, extension: string, format: WrittenFormat = 'jpeg') {
  return (await attempt(bytes, extension, format)).join(': ');
}

async function attempt(
  bytes: Uint8Array,
  extension: string,
  format: WrittenFormat,
  settings: ThumbnailSettings = {},
): Promise<readonly [code: string, message?: string]> {
  const folder = tempFolder();
  const input = join(folder, `image.${extension}`);
  writeFileSync(input, bytes);
  const recipe = thumbnailRecipeSchema.parse(settings);
  try {
    await makeThumbnail({ input, outputs: [join(folder, 'out')], formats: [format] }, recipe);
    return ['done'];
  } catch (error) {
    if (!(error instanceof ItemError)) throw error;
    return [error.code, error.message.replace(input, 'it')];
  }
}

const encoded = (format: 'webp' | 'avif' | 'png' | 'gif' | 'tiff') =>
  noise(200, 150).toFormat(format).toBuffer();
const cut = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part));

describe('a file that ends before its image does is called that, wherever it was cut', () => {
  test.each([
    ['webp', [0.05, 0.3, 0.6, 0.99]],
    ['avif', [0.05, 0.3, 0.6, 0.99]],
    ['png', [0.02, 0.3, 0.6, 0.95]],
    ['gif', [0.02, 0.3, 0.6, 0.95]],
    ['tiff', [0.3, 0.6, 0.95]],
  ] as const)('%s', async (format, parts) => {
    const whole = await encoded(format);
    for (const part of parts) {
      for (const output of ['jpeg', 'webp', 'png'] as const) {
        expect(await outcomeOf(cut(whole, part), format, output), `${part} as ${output}`).toBe(
          'TRUNCATED_IMAGE: it ends before the image does.',
        );
      }
    }
  });
});

describe('a file whose data is damaged is called that', () => {
  test.each(['webp', 'avif'] as const)('%s', async (format) => {
    const damaged = Buffer.from(await encoded(format));
    damaged.fill(0xa5, Math.floor(damaged.length / 2), Math.floor(damaged.length / 2) + 400);
    const outcome = await outcomeOf(damaged, format);
    expect(outcome).toMatch(
      /^(done|CORRUPT_IMAGE: it is damaged: its (WebP|AVIF) data cannot be decoded\.)$/,
    );
  });

  test.each([
    [
      'an entity that XML does not have',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>a&nbsp;b</text></svg>',
      'invalid character entity',
    ],
    [
      'a tag that is not closed',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g></svg>',
      'unexpected close tag',
    ],
    [
      'an end that is missing',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/>',
      'unclosed root tag',
    ],
  ])('an SVG, with what is wrong with it: %s', async (_what, text, reason) => {
    expect(await outcomeOf(Buffer.from(text), 'svg')).toMatch(
      new RegExp(`^CORRUPT_IMAGE: it is damaged: ${reason}.* \\(line 1\\)\\.$`),
    );
  });
});

test('what has the name of an image and other content is not an image', async () => {
  for (const [text, extension] of [
    ['<html><body><svg></svg></body></html>', 'jpg'],
    ['Dear diary', 'png'],
    ['\0'.repeat(5_000), 'webp'],
    ['RIFF\x10\0\0\0WAVEfmt ', 'webp'],
  ] as const) {
    expect(await outcomeOf(Buffer.from(text, 'latin1'), extension), text.slice(0, 12)).toMatch(
      /^NOT_AN_IMAGE: it is not an image/,
    );
  }
});

test('damaged images that are decoded at the same time never get each other’s cause', async () => {
  const images = [
    ...[0.3, 0.5, 0.7, 0.9].map(async (part) => [cut(await encoded('webp'), part), 'webp'] as const),
    ...[0.3, 0.5, 0.7, 0.9].map(async (part) => [cut(await encoded('avif'), part), 'avif'] as const),
    ...[0.3, 0.5, 0.7, 0.9].map(async (part) => [cut(await encoded('png'), part), 'png'] as const),
    ...[0.3, 0.5, 0.7, 0.9].map(async (part) => [cut(await encoded('gif'), part), 'gif'] as const),
  ];
  const inputs = await Promise.all(images);
  const alone: string[] = [];
  for (const [bytes, extension] of inputs) alone.push(await outcomeOf(bytes, extension, 'webp'));
  for (let round = 0; round < 10; round++) {
    expect(
      await Promise.all(inputs.map(([bytes, extension]) => outcomeOf(bytes, extension, 'webp'))),
    ).toEqual(alone);
  }
});

test('a CMYK photo that is cut fails as one that is not, and --tolerant shows what there is of it', async () => {
  const whole = await noise(300, 200).toColourspace('cmyk').jpeg().toBuffer();
  expect(await outcomeOf(cut(whole, 0.6), 'jpg')).toMatch(/^TRUNCATED_IMAGE: /);
  expect(await attempt(cut(whole, 0.6), 'jpg', 'jpeg', { tolerant: true })).toEqual(['done']);
});

test('a TIFF whose data is damaged is still there for --tolerant, which looks at the same bytes', async () => {
  const damaged = Buffer.from(await noise(200, 150).tiff({ compression: 'lzw' }).toBuffer());
  damaged.fill(0xa5, 2000, 2300);
  const before = Buffer.from(damaged);
  expect(endsEarly('TIFF', bytesInMemory(damaged))).toBe(false);
  expect(damaged.equals(before)).toBe(true);
  expect(await attempt(damaged, 'tif', 'jpeg', { tolerant: true })).toEqual(['done']);
});

test('what a hostile file says of its parts costs little time', async () => {
  const entries = 4_096;
  const pieces = 200_000;
  const tiff = Buffer.alloc(8 + 2 + entries * 12 + 4 + pieces * 4);
  tiff.write('II*\0\x08\0\0\0', 'latin1');
  tiff.writeUInt16LE(entries, 8);
  for (let i = 0; i < entries; i++) {
    const at = 10 + i * 12;
    tiff.writeUInt16LE(273, at);
    tiff.writeUInt16LE(4, at + 2);
    tiff.writeUInt32LE(pieces, at + 4);
    tiff.writeUInt32LE(10 + entries * 12 + 4, at + 8);
  }
  let reads = 0;
  const counting = {
    ...bytesInMemory(tiff),
    read: (at: number, length: number) => {
      reads += 1;
      return tiff.subarray(at, at + length);
    },
  };
  endsEarly('TIFF', counting);
  expect(reads).toBeLessThan(entries + 10);
  const gif = Buffer.concat([
    Buffer.from('GIF89a\x01\0\x01\0\0\0\0\x21\xfe', 'latin1'),
    Buffer.alloc(2_000_000, 1),
  ]);
  reads = 0;
  endsEarly('GIF', {
    length: gif.length,
    read: (at, length) => {
      reads += 1;
      return gif.subarray(at, at + length);
    },
  });
  expect(reads).toBeLessThan(100);
});
