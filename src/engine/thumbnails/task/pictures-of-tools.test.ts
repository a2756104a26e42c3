import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import {
  gradient,
  madeBy,
  withCjxl,
  withFfmpeg,
  withImg2pdf,
  withOpenJpeg,
} from '../../../../test/images/made-by-tools.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { bytesInMemory } from '../../../codecs/headers/file-bytes.ts';
import { thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { videoFrame } from '../formats/video/video-frame.ts';
import { openImage } from './image/image-file.ts';
import { renderFile } from './render.ts';
import { thumbnailTask } from './thumbnail.ts';
import { type BytesPayload, thumbnailOfBytesTask } from './thumbnail-of-bytes.ts';

const png = await gradient().png().toBuffer();
const input = { name: 'in.png', bytes: png };

/** Makes the thumbnail of a file of these bytes, as a worker does. */
async function thumbnail(bytes: Uint8Array, name: string, more: Record<string, unknown> = {}) {
  const path = join(tempFolder(), name);
  writeFileSync(path, bytes);
  const recipe = thumbnailRecipeSchema.parse({ box: { width: 60, height: 60 }, ...more });
  const { renditions, via } = await openImage(path, (file) => renderFile(file, name, recipe, ['png'], false));
  const [made] = renditions;
  if (!made) throw new Error('Expected a thumbnail.');
  return { ...made, via };
}

/** The mean distance of a thumbnail's samples from those of the picture that it should be. */
async function distance(data: Uint8Array, expected = gradient()): Promise<number> {
  const made = await sharp(data).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = made.info;
  const wanted = await sharp(await expected.png().toBuffer())
    .resize(width, height, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer();
  return made.data.reduce((sum, value, i) => sum + Math.abs(value - (wanted[i] ?? 0)), 0) / wanted.length;
}

withCjxl.describe('JPEG XL', () => {
  const made = (...args: readonly string[]) =>
    madeBy('cjxl', ['in.png', 'out.jxl', ...args], input, 'out.jxl');

  test.each([
    ['a codestream', ['-d', '1']],
    ['without loss', ['-d', '0']],
    ['in boxes', ['-d', '1', '--container=1']],
    ['progressive', ['-d', '1', '-p']],
  ])('%s is decoded', async (_, args) => {
    const { width, height, via, data } = await thumbnail(made(...args), 'a.jxl');
    expect([width, height, via]).toEqual([60, 40, 'reader']);
    expect(await distance(data)).toBeLessThan(3);
  });

  test('a JPEG that it has packed is decoded, and turned as that says', async () => {
    const jpeg = await gradient().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const packed = madeBy('cjxl', ['in.jpg', 'out.jxl'], { name: 'in.jpg', bytes: jpeg }, 'out.jxl');
    const { width, height, data } = await thumbnail(packed, 'a.jxl');
    expect([width, height]).toEqual([40, 60]);
    expect(await distance(data, gradient().rotate(90))).toBeLessThan(4);
  });

  test('of an animation the first frame is taken', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) =>
        sharp({ create: { width: 16, height: 16, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const animated = madeBy(
      'cjxl',
      ['in.gif', 'out.jxl', '-d', '0'],
      { name: 'in.gif', bytes: gif },
      'out.jxl',
    );
    const { data } = await thumbnail(animated, 'a.jxl');
    expect([...(await sharp(data).removeAlpha().raw().toBuffer()).subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  test('one that is cut or has too many pixels fails with its code', async () => {
    const whole = made('-d', '1', '--container=1');
    await expect(thumbnail(whole.subarray(0, -100), 'a.jxl')).rejects.toMatchObject({
      code: 'TRUNCATED_IMAGE',
    });
    await expect(thumbnail(made('-d', '1').subarray(0, -100), 'a.jxl')).rejects.toMatchObject({
      code: 'CORRUPT_IMAGE',
    });
    await expect(thumbnail(whole, 'a.jxl', { maxPixels: 9599 })).rejects.toMatchObject({
      code: 'TOO_MANY_PIXELS',
    });
  });
});

withOpenJpeg.describe('JPEG 2000', () => {
  const made = (extension: string, ...args: readonly string[]) =>
    madeBy('opj_compress', ['-i', 'in.png', '-o', `out.${extension}`, ...args], input, `out.${extension}`);

  test.each([
    ['in boxes', 'jp2', []],
    ['a codestream', 'j2k', []],
    ['with loss', 'jp2', ['-I', '-r', '20']],
    ['in tiles', 'jp2', ['-t', '50,50']],
    ['without levels', 'jp2', ['-n', '1']],
  ])('%s is decoded, at a fraction of its size', async (_, extension, args) => {
    for (const side of [60, 15]) {
      const { width, via, data } = await thumbnail(made(extension, ...args), 'a.jp2', {
        box: { width: side, height: side },
      });
      expect([width, via]).toEqual([side, 'reader']);
      expect(await distance(data)).toBeLessThan(side === 60 ? 4 : 9);
    }
  });

  test.each([
    ['grey', gradient().greyscale().toColourspace('b-w')],
    ['of 16 bits', gradient().toColourspace('rgb16')],
  ])('one that is %s is decoded', async (_, image) => {
    const bytes = await image.png().toBuffer();
    const file = madeBy(
      'opj_compress',
      ['-i', 'in.png', '-o', 'out.jp2'],
      { name: 'in.png', bytes },
      'out.jp2',
    );
    const { data } = await thumbnail(file, 'a.jp2');
    expect(await distance(data, sharp(bytes).toColourspace('srgb'))).toBeLessThan(4);
  });

  test('one that is transparent fails with its code, as its decoder does not know it', async () => {
    const bytes = await gradient().ensureAlpha(0.5).png().toBuffer();
    const file = madeBy(
      'opj_compress',
      ['-i', 'in.png', '-o', 'out.jp2'],
      { name: 'in.png', bytes },
      'out.jp2',
    );
    await expect(thumbnail(file, 'a.jp2')).rejects.toMatchObject({ code: 'UNSUPPORTED_IMAGE' });
  });

  test('one that is cut or has too many pixels fails with its code', async () => {
    for (const whole of [made('jp2'), made('j2k')]) {
      await expect(thumbnail(whole.subarray(0, -500), 'a.jp2')).rejects.toMatchObject({
        code: 'TRUNCATED_IMAGE',
      });
      await expect(thumbnail(whole, 'a.jp2', { maxPixels: 9599 })).rejects.toMatchObject({
        code: 'TOO_MANY_PIXELS',
      });
    }
  });
});

withImg2pdf.describe('PDF by img2pdf', () => {
  const made = (...args: readonly string[]) =>
    madeBy('img2pdf', ['in.png', '-o', 'out.pdf', ...args], input, 'out.pdf');

  test('the first page is drawn as large as asked for', async () => {
    const { width, height, via, data } = await thumbnail(made(), 'a.pdf');
    expect([width, height, via]).toEqual([60, 40, 'reader']);
    expect(await distance(data)).toBeLessThan(4);
  });

  test('a page that is turned is drawn so', async () => {
    const { width, height } = await thumbnail(made('--rotation', '90'), 'a.pdf');
    expect([width, height]).toEqual([40, 60]);
  });
});

withFfmpeg.describe('videos', () => {
  const film = (extension: string, ...more: readonly string[]) =>
    madeBy(
      'ffmpeg',
      [
        ...[
          '-v',
          'error',
          '-f',
          'lavfi',
          '-i',
          'color=black:s=120x80:d=0.5,format=yuv420p[a];color=red:s=120x80:d=0.5,format=yuv420p[b];[a][b]concat',
        ],
        ...[...more, `out.${extension}`],
      ],
      undefined,
      `out.${extension}`,
    );
  const colourOf = async (data: Uint8Array) => [
    ...(await sharp(data).removeAlpha().raw().toBuffer()).subarray(0, 3),
  ];

  test.each(['mp4', 'mkv', 'avi', 'mpg', 'm2ts'])(
    'of .%s the first frame that is not black is taken',
    async (extension) => {
      const { width, height, via, data } = await thumbnail(film(extension), `a.${extension}`);
      expect([width, height, via]).toEqual([60, 40, 'reader']);
      const [red = 0, green = 0, blue = 0] = await colourOf(data);
      expect(red).toBeGreaterThan(180);
      expect(Math.max(green, blue)).toBeLessThan(60);
    },
  );

  test('one that is all black is drawn all the same', async () => {
    const { data } = await thumbnail(film('mp4', '-t', '0.4'), 'a.mp4');
    expect(Math.max(...(await colourOf(data)))).toBeLessThan(30);
  });

  test('pixels that are not square become so', async () => {
    const { width, height } = await thumbnail(film('mp4', '-vf', 'setsar=2'), 'a.mp4');
    expect([width, height]).toEqual([60, 20]);
  });

  test('playlists and lists of files are not followed', async () => {
    const playlist = Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n');
    await expect(thumbnail(playlist, 'a.mp4')).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' });
    const named = Buffer.concat([
      Buffer.from('OggS\n'),
      Buffer.from('ffconcat version 1.0\nfile /etc/passwd\n'),
    ]);
    await expect(thumbnail(named, 'a.ogv')).rejects.toMatchObject({ code: 'TRUNCATED_IMAGE' });
  });

  test('one that is cut, or too large, or a sound, fails with its code', async () => {
    const whole = film('mp4');
    await expect(thumbnail(whole.subarray(0, -600), 'a.mp4')).rejects.toMatchObject({
      code: 'TRUNCATED_IMAGE',
    });
    await expect(thumbnail(whole, 'a.mp4', { maxPixels: 9599 })).rejects.toMatchObject({
      code: 'TOO_MANY_PIXELS',
    });
    const sound = madeBy(
      'ffmpeg',
      ['-v', 'error', '-f', 'lavfi', '-i', 'sine=d=0.1', '-f', 'mp4', 'out.mp4'],
      undefined,
      'out.mp4',
    );
    await expect(thumbnail(sound, 'a.mp4')).rejects.toMatchObject({ code: 'UNSUPPORTED_IMAGE' });
  });

  test('one that was fetched is not given up because the run before it was', async () => {
    const context = { signal: new AbortController().signal, settings: undefined };
    const cancelled = { ...context, signal: AbortSignal.abort() };
    await thumbnailTask({ recipe: {}, images: [] }, cancelled);
    const payload: BytesPayload = {
      image: new Uint8Array(film('mp4')),
      name: 'a.mp4',
      outputs: { paths: [join(tempFolder(), 'a.png')], durable: false },
      formats: ['png'],
      recipe: thumbnailRecipeSchema.parse({}),
    };
    expect((await thumbnailOfBytesTask(payload, context)).produced).toMatchObject({ via: 'reader' });
    await expect(thumbnailOfBytesTask(payload, cancelled)).rejects.toMatchObject({
      code: 'DECODING_TOO_SLOW',
    });
  });

  test('one for which ffmpeg does not start is not called damaged', async () => {
    const file = bytesInMemory(film('mp4'));
    const frame = videoFrame('/nowhere/ffmpeg', file, { name: 'a.mp4', maxPixels: 1e6 });
    await expect(frame).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  });

  test('without ffmpeg a video says what it needs', async () => {
    const { PATH } = process.env;
    process.env.PATH = '';
    try {
      await expect(thumbnail(Buffer.from('\0\0\0\x14ftypisom', 'latin1'), 'a.mp4')).rejects.toMatchObject({
        code: 'FFMPEG_MISSING',
      });
    } finally {
      process.env.PATH = PATH;
    }
  });
});
