import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { picture } from '../../../../../test/codecs/jpeg/samples.ts';
import {
  readAllByExiftool,
  readByExiftool,
  tagged,
  withExiftool,
} from '../../../../../test/images/exiftool.ts';
import { withMetadata } from '../../../../../test/images/profiled.ts';
import { rendered } from '../../../../../test/images/rendered.ts';
import type { KeepChoice, WrittenFormat } from '../../../../shared/settings/choices.ts';

type Read = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif';
const formats: readonly Read[] = ['jpeg', 'png', 'webp', 'tiff', 'avif'];

const photo = { pixels: picture(120, 90).data };
const plain = (format: Read) =>
  sharp(photo.pixels, { raw: { width: 120, height: 90, channels: 3 } })
    [format]()
    .toBuffer();
const said = [
  ...['-Make=Acme', '-Artist=Jö', '-Orientation#=6', '-ExifImageWidth=120', '-ExifImageHeight=90'],
  ...['-ColorSpace#=1', '-GPSLatitude=52.5', '-GPSLatitudeRef=N', '-GPSLongitude=13.4', '-GPSLongitudeRef=E'],
  ...['-XMP-dc:Title=Hello', '-XMP-exif:GPSLatitude=52.5', '-XMP-tiff:Orientation#=6'],
];

withExiftool.describe('what a picture says beside its pixels', () => {
  const inputs = new Map<Read, Buffer>();
  const inputOf = async (format: Read): Promise<Buffer> => {
    const known = inputs.get(format);
    if (known) return known;
    const iptc = format === 'jpeg' || format === 'tiff' ? ['-IPTC:City=Berlin'] : [];
    const comment = format === 'jpeg' ? ['-Comment=hi'] : [];
    const input = tagged(await plain(format), format, ...said, ...iptc, ...comment);
    inputs.set(format, input);
    return input;
  };
  const kept = async (from: Read, to: WrittenFormat, keep: KeepChoice) =>
    rendered(await inputOf(from), to, { keep });
  /** What thumbnails of a picture keep, in each format, as another program reads it. */
  const keptIn = async (from: Read, tos: readonly WrittenFormat[], keep: KeepChoice) => {
    const made: Awaited<ReturnType<typeof kept>>[] = [];
    // One after the other: a codec holds what it has made of one until the next.
    for (const to of tos) made.push(await kept(from, to, keep));
    const tags = readAllByExiftool(made.map(({ data }) => data));
    return made.map((each, index) => ({ ...each, to: tos[index], tags: tags[index] ?? {} }));
  };

  it.each(formats)('is kept of %s in all formats', async (from) => {
    for (const { to, tags, width, height } of await keptIn(from, formats, 'all')) {
      expect(tags, to).toMatchObject({
        'IFD0:Make': 'Acme',
        'IFD0:Artist': 'Jö',
        'IFD0:Orientation': 1,
        'ExifIFD:ExifImageWidth': width,
        'ExifIFD:ExifImageHeight': height,
        'ExifIFD:ColorSpace': 1,
        'GPS:GPSLatitude': 52.5,
        'XMP-dc:Title': 'Hello',
        'XMP-tiff:Orientation': 1,
        'ICC_Profile:ProfileDescription': 'sRGB',
      });
      if (from === 'jpeg' && to !== 'tiff') expect(tags['ExifTool:Warning'], to).toBeUndefined();
    }
  });

  it.each(formats)('is without the place where that is wished, of %s', async (from) => {
    for (const keep of ['exif,no-gps', 'all,no-gps'] as const) {
      for (const { to, tags, data } of await keptIn(from, formats, keep)) {
        expect(tags['IFD0:Make'], to).toBe('Acme');
        expect(Object.keys(tags).filter((tag) => /gps/i.test(tag))).toEqual([]);
        expect(data.toString('latin1')).not.toMatch(/GPS/);
      }
    }
  });

  it('of IPTC and comments, is kept where a format has them', async () => {
    const [jpeg, png, tiff] = await keptIn('jpeg', ['jpeg', 'png', 'tiff'], 'all');
    expect(jpeg?.tags).toMatchObject({ 'IPTC:City': 'Berlin', 'File:Comment': 'hi' });
    expect(png?.tags).toMatchObject({ 'PNG:Comment': 'hi' });
    expect(tiff?.tags).toMatchObject({ 'IPTC:City': 'Berlin' });
    const [ofTiff] = await keptIn('tiff', ['jpeg'], 'all');
    expect(ofTiff?.tags).toMatchObject({ 'IPTC:City': 'Berlin' });
  });

  it('is of the kind that is asked for, and nothing unless it is', async () => {
    const groupsOf = async (keep: KeepChoice) =>
      (await keptIn('jpeg', formats, keep)).map(({ tags }) => {
        const groups = Object.keys(tags).map((tag) => tag.split(':')[0] ?? '');
        return [...new Set(groups)]
          .filter((group) => /^(ExifIFD|XMP-dc|ICC_Profile|IPTC|GPS)$/.test(group))
          .sort();
      });
    expect(await groupsOf('none')).toEqual(formats.map(() => []));
    expect(await groupsOf('icc')).toEqual(formats.map(() => ['ICC_Profile']));
    expect(await groupsOf('exif')).toEqual(formats.map(() => ['ExifIFD', 'GPS']));
  });

  const pixelsOf = (file: Uint8Array) => sharp(file, { ignoreIcc: true }).raw().toBuffer();

  it('leaves the pixels as they are, and a GIF without it', async () => {
    for (const to of [...formats, 'gif'] as const) {
      const [bare, full] = [await kept('png', to, 'none'), await kept('png', to, 'all')];
      expect(await pixelsOf(full.data), to).toEqual(await pixelsOf(bare.data));
      expect(full.data.equals(bare.data), to).toBe(to === 'gif');
    }
  });

  it('of a profile, suits a grey picture', async () => {
    const grey = await sharp(photo.pixels, { raw: { width: 120, height: 90, channels: 3 } })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    for (const to of ['jpeg', 'png'] as const) {
      const { data } = await rendered(grey, to, { keep: 'icc' });
      expect(readByExiftool(data)).toMatchObject({ 'ICC_Profile:ProfileDescription': 'sRGB grey' });
    }
  });

  it('of several sizes, tells each its own', async () => {
    const { renderBytes } = await import('../render.ts');
    const { thumbnailRecipeSchema } = await import('../../../../shared/recipe.ts');
    const settings = {
      keep: 'exif',
      box: { width: 50, height: 50 },
      furtherBoxes: [{ width: 20, height: 20 }],
    };
    const recipe = thumbnailRecipeSchema.parse(settings);
    const { renditions } = await renderBytes(await inputOf('jpeg'), 'it', recipe, ['jpeg']);
    const heights = readAllByExiftool(renditions.map(({ data }) => data)).map(
      (tags) => tags['ExifIFD:ExifImageHeight'],
    );
    expect(heights).toEqual([50, 20]);
  });
});

describe('colours', () => {
  /** Display P3's own green, which no sRGB has, and a mean colour. */
  const colours = [
    [0, 255, 0],
    [200, 90, 60],
  ] as const;
  const inP3 = (format: Read, rgb: readonly number[]) =>
    sharp({ create: { width: 100, height: 80, channels: 3, background: { r: 1, g: 2, b: 3 } } })
      .raw()
      .toBuffer()
      .then((pixels) => {
        pixels.forEach((_, i) => {
          pixels[i] = rgb[i % 3] ?? 0;
        });
        const image = sharp(pixels, { raw: { width: 100, height: 80, channels: 3 } });
        return image[format](format === 'jpeg' ? { quality: 95, chromaSubsampling: '4:4:4' } : {}).toBuffer();
      });
  /** The same pixels, which then mean Display P3. */
  const asP3 = async (format: Read, rgb: readonly number[]) => {
    const { profiled } = await import('../../../../../test/images/profiled.ts');
    return profiled(await inP3(format, rgb), format);
  };
  /** The numbers in the file, whatever its profile says of them. */
  const stored = async (file: Uint8Array) => [
    ...(await sharp(file, { ignoreIcc: true }).raw().toBuffer()).subarray(0, 3),
  ];
  const near = (pixel: readonly (number | undefined)[], rgb: readonly number[], apart: number) =>
    rgb.every((value, i) => Math.abs((pixel[i] ?? -99) - value) <= apart);

  it.each(formats)('of %s are kept with their profile in all formats, unchanged', async (from) => {
    for (const rgb of colours) {
      const input = await asP3(from, rgb);
      for (const to of formats) {
        const made = await rendered(input, to, { colour: 'keep' });
        const { data } = await sharp(made.data, { ignoreIcc: true })
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect(near([...data.subarray(0, 3)], rgb, 5), `${to} ${[...data.subarray(0, 3)]} ${rgb}`).toBe(true);
        expect((await sharp(made.data).metadata()).icc?.length, to).toBeGreaterThan(300);
        const p3 = await rendered(input, to, { colour: 'p3' });
        expect(p3.data.equals(made.data), to).toBe(true);
      }
    }
  });

  it('that are kept need no conversion: our codecs make the thumbnails', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const input = await asP3(format, [200, 90, 60]);
      expect((await rendered(input, format, { colour: 'keep' })).via).toBe('kernel');
      expect((await rendered(input, format)).via).toBe('sharp');
    }
  });

  it.each(formats)('of %s become Display P3, and look the same', async (from) => {
    const input = await inP3(from, [200, 90, 60]);
    for (const to of formats) {
      const made = await rendered(input, to, { colour: 'p3' });
      const stored = await sharp(made.data, { ignoreIcc: true }).raw().toBuffer();
      expect(near([...stored.subarray(0, 3)], [188, 96, 69], 5), `${to} ${[...stored.subarray(0, 3)]}`).toBe(
        true,
      );
      const shown = await sharp(made.data).toColourspace('srgb').raw().toBuffer();
      expect(near([...shown.subarray(0, 3)], [200, 90, 60], 5), `${to} ${[...shown.subarray(0, 3)]}`).toBe(
        true,
      );
    }
  });

  it.each(formats)('of %s that sRGB does not have are not lost on the way to Display P3', async (from) => {
    const { withMetadata } = await import('../../../../../test/images/profiled.ts');
    const { matrixProfile, sRgbPrimaries } = await import('../../../../codecs/common/matrix-profile.ts');
    const adobe = {
      ...sRgbPrimaries,
      green: { x: 0.21, y: 0.71 },
      toLinear: (v: number) => v ** (563 / 256),
    };
    const input = withMetadata(await inP3(from, [150, 220, 60]), from, {
      profile: matrixProfile(adobe, false),
    });
    const made = await rendered(input, 'png', { colour: 'p3' });
    const is = await stored(made.data);
    expect(near(is, [137, 218, 73], 4), String(is)).toBe(true);
  });

  it('of sixteen bits without a profile are taken for sRGB', async () => {
    const input = await sharp(await inP3('png', [200, 90, 60]))
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(input).metadata()).depth).toBe('ushort');
    const made = await rendered(input, 'png', { colour: 'p3' });
    const is = await stored(made.data);
    expect(near(is, [188, 96, 69], 2), String(is)).toBe(true);
  });

  it('of greys and CMYK stay or become sRGB', async () => {
    const grey = await sharp({ create: { width: 90, height: 80, channels: 3, background: '#808080' } })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    const cmyk = await sharp({ create: { width: 90, height: 80, channels: 3, background: '#c85a3c' } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    for (const [input, rgb] of [
      [grey, [128, 128, 128]],
      [cmyk, [200, 90, 40]],
    ] as const) {
      const bare = await rendered(input, 'jpeg');
      const made = await rendered(input, 'jpeg', { colour: 'keep' });
      expect(made.data.equals(bare.data)).toBe(true);
      expect(near(made.pixel(30, 30), rgb, 14), String(made.pixel(30, 30))).toBe(true);
    }
    expect((await rendered(grey, 'jpeg', { colour: 'p3' })).data).toEqual(
      (await rendered(grey, 'jpeg')).data,
    );
  });

  it('without a profile stay without one', async () => {
    const input = await inP3('jpeg', [200, 90, 60]);
    const [bare, kept] = [await rendered(input, 'jpeg'), await rendered(input, 'jpeg', { colour: 'keep' })];
    expect(kept.data.equals(bare.data)).toBe(true);
  });

  it('that PNG tells by chunks are kept by a profile that says the same', async () => {
    const { pngOf } = await import('../../../../../test/codecs/png/write-png.ts');
    const { readChunks } = await import('../../../../codecs/png/chunks.ts');
    const [head, ...rest] = readChunks(await inP3('png', [200, 90, 60])).chunks;
    const input = pngOf(
      ['IHDR', head?.data ?? Buffer.alloc(0)],
      ['cICP', Buffer.of(12, 13, 0, 1)],
      ...rest.map(({ type, data }) => [type, data] as const),
    );
    const kept = await rendered(input, 'png', { colour: 'keep' });
    expect(kept.via).toBe('kernel');
    expect(await stored(kept.data)).toEqual([200, 90, 60]);
    const shown = await sharp(kept.data).raw().toBuffer();
    const { pixel } = await rendered(input, 'png');
    expect(near([...shown.subarray(0, 3)], pixel(30, 30).slice(0, 3), 1)).toBe(true);
  });
});

describe('a gain map, which makes a picture HDR', () => {
  /** A slope, with a part that is four times as bright as white. */
  const hdr = () => {
    const pixels = Float32Array.from({ length: 128 * 96 * 3 }, (_, i) => {
      const x = Math.floor(i / 3) % 128;
      return x > 90 ? 4 : x / 128;
    });
    const raw = { width: 128, height: 96, channels: 3 as const };
    const image = sharp(pixels, { raw }).pipelineColourspace('scrgb') as Sharp & {
      withGainMap(): Sharp;
    };
    return image.withGainMap().jpeg().toBuffer();
  };
  const mapOf = async (file: Uint8Array) => {
    const { gainMap } = (await sharp(file).metadata()) as { gainMap?: { image: Buffer } };
    return gainMap && sharp(gainMap.image).metadata();
  };

  it('is scaled with it where all is kept, for JPEG', async () => {
    const input = await hdr();
    expect(await mapOf(input)).toBeDefined();
    for (const settings of [
      { keep: 'all' },
      { keep: 'all,no-gps' },
      { keep: 'all', colour: 'keep' },
    ] as const) {
      const { data, width, height } = await rendered(input, 'jpeg', { ...settings, fit: 'cover' });
      expect([width, height]).toEqual([75, 75]);
      const map = await mapOf(data);
      // A map may be smaller than its picture, by a whole number.
      expect([map?.width, map?.height]).toEqual([37, 37]);
      expect(data.toString('latin1').match(/ICC_PROFILE/g)?.length).toBeLessThanOrEqual(2);
    }
  });

  it('is dropped otherwise, and nothing says that there is one', async () => {
    const input = await hdr();
    for (const [format, keep] of [
      ['jpeg', 'exif'],
      ['jpeg', 'none'],
      ['webp', 'all'],
      ['png', 'all'],
    ] as const) {
      const { data } = await rendered(input, format, { keep });
      expect(await mapOf(data)).toBeUndefined();
      expect(data.toString('latin1')).not.toMatch(/MPF|hdrgm|21496/);
    }
  });

  withExiftool.test(
    'is dropped where the picture has to be turned, and the thumbnail is upright',
    async () => {
      for (const orientation of [3, 6]) {
        const input = tagged(await hdr(), 'jpg', '-n', `-Orientation=${orientation}`);
        const { data, width, height } = await rendered(input, 'jpeg', { keep: 'all' });
        expect([width, height]).toEqual(orientation === 6 ? [56, 75] : [75, 56]);
        expect((await sharp(data).metadata()).orientation).toBe(1);
        expect(data.toString('latin1')).not.toMatch(/MPF|hdrgm|21496/);
      }
    },
  );

  withExiftool.test('stays where the file says after the metadata has grown', async () => {
    const input = tagged(await hdr(), 'jpg', '-Artist=Jö', '-XMP-dc:Title=Hello');
    const { data } = await rendered(input, 'jpeg', { keep: 'all' });
    expect(await mapOf(data)).toBeDefined();
    const tags = readByExiftool(data);
    expect(tags).toMatchObject({ 'IFD0:Artist': 'Jö', 'XMP-dc:Title': 'Hello' });
    // Older versions of it do not know ISO 21496-1.
    expect([undefined, '[minor] Unknown APP2 segment']).toContain(tags['ExifTool:Warning']);
    const second = Number(tags['MPImage2:MPImageStart']);
    expect(data.subarray(second, second + 2).toString('hex')).toBe('ffd8');
    expect(tags['MPImage1:MPImageLength'] ?? second).toBe(second);
  });
});

it('of texts no more is kept than of other metadata', async () => {
  const texts = [10, 900_000, 900_000, 20].map((length, i) => ({
    keyword: `text ${i}`,
    text: 'x'.repeat(length),
  }));
  const { data } = await rendered(withMetadata(await plain('png'), 'png', { texts }), 'png', { keep: 'all' });
  const words = data.toString('latin1');
  expect(texts.map(({ keyword }) => words.includes(keyword))).toEqual([true, true, false, true]);
});
