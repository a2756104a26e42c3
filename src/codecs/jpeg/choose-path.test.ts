import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cjpeg, picture, sharpJpeg, withCjpeg } from '../../../test/codecs/jpeg/samples.ts';
import { classifyProfile } from '../common/icc-profile.ts';
import { choosePath } from './choose-path.ts';
import { readJpegHeader } from './jpeg-header.ts';

const sample = picture(64, 48);

function pathOf(bytes: Uint8Array) {
  return choosePath(readJpegHeader(bytes));
}

function image() {
  const { data, width, height } = sample;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Puts a segment right after SOI. */
function withSegment(jpeg: Buffer, code: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, code, (data.length + 2) >> 8, (data.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

const jfif = Buffer.from([...Buffer.from('JFIF'), 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);

function adobe(transform: number): Buffer {
  return Buffer.from([...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform]);
}

describe('the path of a file', () => {
  it.each([{}, { progressive: true }, { chromaSubsampling: '4:4:4' }])(
    'is the kernel for %o',
    async (options) => {
      expect(pathOf(await sharpJpeg(sample, options))).toEqual({ via: 'kernel' });
    },
  );

  it('is the kernel for grey', async () => {
    expect(pathOf(await image().toColourspace('b-w').jpeg().toBuffer())).toEqual({ via: 'kernel' });
  });

  it('is sharp for what is no JPEG', async () => {
    expect(pathOf(await image().png().toBuffer()).via).toBe('sharp');
    expect(pathOf(new Uint8Array(0)).via).toBe('sharp');
  });

  it('is sharp for CMYK', async () => {
    const cmyk = await image().toColourspace('cmyk').jpeg().toBuffer();
    expect(pathOf(cmyk)).toEqual({ via: 'sharp', reason: 'its colours are CMYK' });
  });

  it('is the kernel for an sRGB profile and sharp for another', async () => {
    const srgb = await image().withIccProfile('srgb').jpeg().toBuffer();
    expect(readJpegHeader(srgb)?.profile).toBe('srgb');
    expect(pathOf(srgb)).toEqual({ via: 'kernel' });
    const p3 = await image().withIccProfile('p3').jpeg().toBuffer();
    expect(readJpegHeader(p3)?.profile).toBe('other');
    expect(pathOf(p3)).toEqual({ via: 'sharp', reason: 'its colour profile is not sRGB' });
  });

  it('is sharp for RGB, told by Adobe or by the names of the components', async () => {
    const plain = await sharpJpeg(sample, {});
    // With a JFIF segment the components' names would not matter.
    expect(readJpegHeader(plain)?.jfif).toBe(false);
    expect(pathOf(plain)).toEqual({ via: 'kernel' });
    expect(pathOf(withSegment(plain, 0xee, adobe(1)))).toEqual({ via: 'kernel' });
    expect(pathOf(withSegment(plain, 0xee, adobe(0)))).toEqual({
      via: 'sharp',
      reason: 'its colours are coded as RGB',
    });
    const named = Buffer.from(plain);
    const frame = named.indexOf(Buffer.from([0xff, 0xc0]));
    for (const [i, letter] of [...'RGB'].entries()) named[frame + 10 + 3 * i] = letter.charCodeAt(0);
    expect(pathOf(named).via).toBe('sharp');
  });

  it('takes JFIF at its word before Adobe', async () => {
    const jpeg = withSegment(await sharpJpeg(sample, {}), 0xee, adobe(0));
    expect(pathOf(jpeg).via).toBe('sharp');
    expect(pathOf(withSegment(jpeg, 0xe0, jfif))).toEqual({ via: 'kernel' });
  });

  it.each([
    [0xc3, 'its coding is lossless'],
    [0xc5, 'its coding is hierarchical'],
    [0xc9, 'its coding is arithmetic'],
  ])('is sharp for the process of marker %i', async (code, reason) => {
    const jpeg = await sharpJpeg(sample, {});
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 1] = code;
    expect(pathOf(jpeg)).toEqual({ via: 'sharp', reason });
  });

  it('is sharp for 12-bit samples', async () => {
    const jpeg = await sharpJpeg(sample, {});
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 4] = 12;
    expect(pathOf(jpeg)).toEqual({ via: 'sharp', reason: 'its samples have 12 bits' });
  });

  withCjpeg.test('is sharp for arithmetic coding and for RGB as cjpeg writes them', () => {
    expect(pathOf(cjpeg(sample, '-arithmetic'))).toMatchObject({ via: 'sharp' });
    expect(pathOf(cjpeg(sample, '-rgb'))).toMatchObject({ via: 'sharp' });
  });

  it('is the kernel, which fails it by name, for a file cut in its header', async () => {
    expect(pathOf((await sharpJpeg(sample, {})).subarray(0, 60))).toEqual({ via: 'kernel' });
  });
});

describe('a colour profile', () => {
  it('is sRGB by its primaries and its curve, whatever it is called', async () => {
    const jpeg = await image().withIccProfile('srgb').jpeg().toBuffer();
    const { icc } = await sharp(jpeg).metadata();
    if (!icc) throw new Error('no profile');
    expect(classifyProfile(icc)).toBe('srgb');
    const data = (tag: string) => icc.readUInt32BE(icc.indexOf(tag) + 4);

    const linear = Buffer.from(icc);
    linear.writeInt32BE(65_536, data('gTRC') + 12);
    expect(classifyProfile(linear)).toBe('other');

    const wider = Buffer.from(icc);
    wider.writeInt32BE(40_000, data('gXYZ') + 8);
    expect(classifyProfile(wider)).toBe('other');

    const sampled = Buffer.concat([
      icc,
      curve((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)),
    ]);
    sampled.writeUInt32BE(icc.length, icc.indexOf('gTRC') + 4);
    sampled.writeUInt32BE(sampled.length - icc.length, icc.indexOf('gTRC') + 8);
    expect(classifyProfile(sampled)).toBe('srgb');
    curve((x) => x ** 2.2).copy(sampled, icc.length);
    expect(classifyProfile(sampled)).toBe('other');
  });

  function curve(of: (x: number) => number): Buffer {
    const points = 1024;
    const tag = Buffer.alloc(12 + points * 2);
    tag.write('curv');
    tag.writeUInt32BE(points, 8);
    for (let i = 0; i < points; i++) tag.writeUInt16BE(Math.round(of(i / (points - 1)) * 65_535), 12 + 2 * i);
    return tag;
  }
});

describe('the header of a file', () => {
  it('has dimensions, sampling and process', async () => {
    const header = readJpegHeader(await sharpJpeg(sample, { progressive: true }));
    expect(header?.frame).toEqual({
      process: 'progressive',
      precision: 8,
      width: 64,
      height: 48,
      components: [
        { id: 1, h: 2, v: 2 },
        { id: 2, h: 1, v: 1 },
        { id: 3, h: 1, v: 1 },
      ],
    });
  });

  it('has the orientation of its EXIF data', async () => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const jpeg = await image().withMetadata({ orientation }).jpeg().toBuffer();
      expect(readJpegHeader(jpeg)?.orientation).toBe(orientation);
    }
  });

  it('has the orientation of EXIF data of either byte order', async () => {
    const plain = await sharpJpeg(sample, {});
    const little = Buffer.from('49492a00080000000100120103000100000006000000' + '00000000', 'hex');
    const big = Buffer.from('4d4d002a00000008000101120003000000010008' + '000000000000', 'hex');
    for (const [tiff, orientation] of [
      [little, 6],
      [big, 8],
    ] as const) {
      const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
      expect(readJpegHeader(withSegment(plain, 0xe1, exif))?.orientation).toBe(orientation);
    }
  });

  it('survives being cut anywhere and having any byte changed', async () => {
    const jpeg = await image().withIccProfile('srgb').withMetadata({ orientation: 6 }).jpeg().toBuffer();
    for (let i = 0; i < Math.min(jpeg.length, 1500); i++) {
      readJpegHeader(jpeg.subarray(0, i));
      for (const value of [0, 127, 255]) {
        const changed = Buffer.from(jpeg);
        changed[i] = value;
        readJpegHeader(changed);
      }
    }
  });
});
