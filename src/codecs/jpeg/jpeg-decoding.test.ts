import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inside, run, thumbnail } from '../../../test/codecs/jpeg/run-codec.ts';
import {
  cjpeg,
  cjpegScans,
  decode,
  differenceFromFull,
  meanLightDifference,
  noise,
  picture,
  sample,
  sharpJpeg,
  sides,
  withCjpeg,
} from '../../../test/codecs/jpeg/samples.ts';
import { JpegCodec } from './jpeg-codec.ts';

const kernel = new JpegCodec();
async function expectClose(jpeg: Buffer, mean = 2.5, max = 14): Promise<void> {
  for (const side of sides) {
    const apart = await differenceFromFull(jpeg, thumbnail(kernel, jpeg, side));
    expect(apart.mean, `mean difference in a box of ${side}`).toBeLessThan(mean);
    expect(apart.max, `largest difference in a box of ${side}`).toBeLessThan(max);
  }
}

describe('what sharp encodes', () => {
  it.each(['4:2:0', '4:4:4'])('is decoded with %s sampling', async (chromaSubsampling) => {
    await expectClose(await sharpJpeg(sample, { quality: 95, chromaSubsampling }));
  });

  it('is decoded in grey', async () => {
    const { data, width, height } = sample;
    const grey = await sharp(data, { raw: { width, height, channels: 3 } })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    await expectClose(grey);
    expect((await sharp(thumbnail(kernel, grey, 50)).metadata()).channels).toBe(1);
  });

  it('is decoded with optimised and with standard Huffman tables, one after the other', async () => {
    for (const optimiseCoding of [true, false, true]) {
      await expectClose(await sharpJpeg(sample, { quality: 90, optimiseCoding }));
    }
  });

  it('is decoded when progressive', async () => {
    await expectClose(await sharpJpeg(sample, { quality: 90, progressive: true }));
  });

  it('is decoded at every quality', { timeout: 120_000 }, async () => {
    for (let quality = 1; quality <= 100; quality++) {
      const jpeg = await sharpJpeg(sample, { quality });
      const apart = await differenceFromFull(jpeg, thumbnail(kernel, jpeg, 203));
      // 1.2 is the difference that encoding again at quality 100 adds.
      expect(apart.mean, `quality ${quality}`).toBeLessThan(1.2);
      expect(apart.max, `quality ${quality}`).toBeLessThan(8);
    }
  });

  it('is decoded in noise at qualities 90 to 100, where codes are longest', async () => {
    for (let quality = 90; quality <= 100; quality++) {
      for (let seed = 1; seed <= 6; seed++) {
        const jpeg = await sharpJpeg(noise(64 + seed, 48, seed), { quality, chromaSubsampling: '4:4:4' });
        // Compared in grey over the whole image: a lost bit anywhere would spoil everything after it.
        const ours = await decode(thumbnail(kernel, jpeg, 80));
        const full = await decode(jpeg);
        expect(meanLightDifference(ours.data, full.data), `quality ${quality}, seed ${seed}`).toBeLessThan(3);
      }
    }
  });

  it('is decoded at every size from 1 to 40 pixels a side', { timeout: 120_000 }, async () => {
    for (let side = 1; side <= 40; side++) {
      for (const [width, height] of [
        [side, side],
        [side, 17],
        [33, side],
      ] as const) {
        const jpeg = await sharpJpeg(picture(width, height), { quality: 95 });
        const whole = await differenceFromFull(jpeg, thumbnail(kernel, jpeg, 40));
        expect(whole.mean, `${width}x${height}`).toBeLessThan(3);
        const half = thumbnail(kernel, jpeg, Math.max(1, Math.max(width, height) >> 1));
        // With only a few pixels all of the image is edge, and filters treat edges differently.
        const bound = Math.min(width, height) < 8 ? 20 : 8;
        expect((await differenceFromFull(jpeg, half)).mean, `half of ${width}x${height}`).toBeLessThan(bound);
      }
    }
  });

  it('is decoded when 65,500 pixels wide, or high', async () => {
    for (const [width, height] of [
      [65_500, 16],
      [16, 65_500],
      [65_500, 1],
    ] as const) {
      const jpeg = await sharpJpeg(picture(width, height), { quality: 90 });
      for (const side of [75, 1000]) {
        const apart = await differenceFromFull(jpeg, thumbnail(kernel, jpeg, side));
        expect(apart.mean, `${width}x${height} in ${side}`).toBeLessThan(4);
      }
    }
  });
});

withCjpeg.describe('what libjpeg-turbo encodes', () => {
  it.each([
    ['4:4:4', '1x1'],
    ['4:2:2', '2x1'],
    ['4:4:0', '1x2'],
    ['4:2:0', '2x2'],
    ['4:1:1', '4x1'],
    ['4:1:0', '4x2'],
    ['1 x 4', '1x4'],
    ['mixed', '2x2,1x2,2x1'],
    ['thirds', '3x1,1x1,1x1'],
    ['3 x 2', '3x2,1x1,1x2'],
    ['finer chroma', '1x1,2x2,2x2'],
  ])('is decoded with %s sampling', async (_name, factors) => {
    await expectClose(cjpeg(sample, '-quality', '95', '-sample', factors));
    await expectClose(cjpeg(sample, '-quality', '90', '-progressive', '-sample', factors));
  });

  it.each(['1B', '2B', '7B', '13B', '1', '3', '100B', '65535B'])(
    'is decoded with restart intervals of %s',
    async (interval) => {
      await expectClose(cjpeg(sample, '-quality', '95', '-restart', interval));
      await expectClose(cjpeg(sample, '-quality', '95', '-progressive', '-restart', interval));
      await expectClose(cjpeg(sample, '-quality', '95', '-sample', '2x1', '-optimize', '-restart', interval));
    },
  );

  it('is decoded with 16-bit quantisation steps', async () => {
    await expectClose(cjpeg(sample, '-quality', '1'), 2.5, 20);
  });

  const scripts: Record<string, string> = {
    'a scan a component': '0;\n1;\n2;\n',
    'light alone, colours together': '0;\n1,2;\n',
    'spectral selection alone':
      '0,1,2: 0-0, 0, 0;\n0: 1-5, 0, 0;\n0: 6-63, 0, 0;\n1: 1-63, 0, 0;\n2: 1-63, 0, 0;\n',
    'DC apart':
      '0: 0-0, 0, 0;\n1: 0-0, 0, 0;\n2: 0-0, 0, 0;\n0: 1-63, 0, 0;\n1: 1-63, 0, 0;\n2: 1-63, 0, 0;\n',
    'DC alone refined':
      '0,1,2: 0-0, 0, 3;\n0,1,2: 0-0, 3, 2;\n0,1,2: 0-0, 2, 1;\n0,1,2: 0-0, 1, 0;\n0: 1-63, 0, 0;\n1: 1-63, 0, 0;\n2: 1-63, 0, 0;\n',
    'many refinements':
      '0,1,2: 0-0, 0, 1;\n0: 1-2, 0, 3;\n0: 3-63, 0, 3;\n2: 1-63, 0, 2;\n1: 1-63, 0, 2;\n0: 1-63, 3, 2;\n0: 1-20, 2, 1;\n0: 21-63, 2, 1;\n0: 1-63, 1, 0;\n2: 1-63, 2, 1;\n1: 1-63, 2, 1;\n2: 1-63, 1, 0;\n1: 1-63, 1, 0;\n0,1,2: 0-0, 1, 0;\n',
    'a coefficient a scan': `0,1,2: 0-0, 0, 0;\n${[0, 1, 2].map((c) => Array.from({ length: 30 }, (_, i) => `${c}: ${i + 1}-${i + 1}, 0, 0;\n`).join('')).join('')}`,
  };
  it.each(Object.keys(scripts))('is decoded with the scan script "%s"', async (name) => {
    for (const factors of ['1x1', '2x2', '2x1']) {
      await expectClose(cjpegScans(sample, scripts[name] ?? '', '-quality', '90', '-sample', factors));
    }
  });

  it('is decoded in grey whatever its sampling factors say', async () => {
    await expectClose(cjpeg(sample, '-grayscale', '-sample', '2x2', '-quality', '95', '-restart', '5B'));
  });

  it('is refused with arithmetic coding', () => {
    const jpeg = cjpeg(sample, '-arithmetic');
    expect(run(kernel, jpeg, { targets: [inside(50)] }).status).toBe('refused');
  });
});
