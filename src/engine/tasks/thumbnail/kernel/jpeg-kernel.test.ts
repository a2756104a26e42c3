import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Orientation } from './geometry.ts';
import { JpegKernel } from './jpeg-kernel.ts';
import { run, thumbnail } from './testing/run-kernel.ts';
import {
  cjpeg,
  cjpegScans,
  decode,
  difference,
  differenceFromFull,
  hasCjpeg,
  noise,
  picture,
  sharpJpeg,
} from './testing/samples.ts';

const kernel = new JpegKernel();
const sample = picture(203, 151);
/** Boxes in which the blocks of the sample are decoded to 1, 2, 4, 8 and 8 samples a side. */
const sides = [12, 25, 50, 100, 203];

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
      // 1.2: what encoding again at quality 100 adds.
      expect(apart.mean, `quality ${quality}`).toBeLessThan(1.2);
      expect(apart.max, `quality ${quality}`).toBeLessThan(8);
    }
  });

  it('is decoded in noise at qualities 90 to 100, where codes are longest', async () => {
    for (let quality = 90; quality <= 100; quality++) {
      for (let seed = 1; seed <= 6; seed++) {
        const jpeg = await sharpJpeg(noise(64 + seed, 48, seed), { quality, chromaSubsampling: '4:4:4' });
        // Grey of the whole image: a lost bit anywhere spoils everything after it.
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
        // A handful of pixels: filters treat edges each in their own way, and all of it is edge.
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

/** Of light alone: chroma of noise does not survive the thumbnail's own 4:2:0. */
function meanLightDifference(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 3) sum += Math.abs(light(a, i) - light(b, i));
  return (sum * 3) / a.length;
}

function light(rgb: Buffer, at: number): number {
  return 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
}

describe.skipIf(!hasCjpeg)('what libjpeg-turbo encodes', () => {
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
    expect(run(kernel, jpeg, { targets: [target(50)] }).status).toBe('refused');
  });
});

function target(side: number) {
  return { box: { width: side, height: side }, fit: 'inside', quality: 80 } as const;
}

describe('a thumbnail', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8] as const)('is upright for orientation %i', async (orientation) => {
    for (const [width, height] of [
      [203, 151],
      [64, 50],
      [61, 47],
    ] as const) {
      const jpeg = await oriented(picture(width, height), orientation);
      for (const side of [12, 25, 31, 50]) {
        const made = await decode(thumbnail(kernel, jpeg, side, { orientation }));
        const turned = await sharp(jpeg).autoOrient().raw().toBuffer({ resolveWithObject: true });
        const reference = await sharp(turned.data, { raw: turned.info })
          .resize(made.width, made.height, { fit: 'fill' })
          .raw()
          .toBuffer();
        const apart = difference(reference, made.data);
        expect(apart.mean, `${width}x${height} in ${side}`).toBeLessThan(3);
      }
    }
  });

  it.each(['cover', 'contain', 'fill', 'outside'] as const)(
    'is what sharp makes with fit %s',
    async (fit) => {
      for (const orientation of [1, 3, 6] as const) {
        const jpeg = await oriented(sample, orientation);
        for (const box of [
          { width: 40, height: 40 },
          { width: 25, height: 60 },
          { width: 61, height: 24 },
          { width: 120, height: 90 },
          { width: 300, height: 40 },
        ]) {
          const result = run(kernel, jpeg, { targets: [{ box, fit, quality: 100 }], orientation });
          if (result.status !== 'ok') throw new Error(JSON.stringify(result));
          const made = await decode(Buffer.from(result.outputs[0]?.bytes ?? []));
          const theirs = await sharp(jpeg)
            .autoOrient()
            .resize({ ...box, fit, withoutEnlargement: true, fastShrinkOnLoad: false, background: '#fff' })
            .raw()
            .toBuffer({ resolveWithObject: true });
          const name = `${box.width}x${box.height}, orientation ${orientation}`;
          expect([made.width, made.height], name).toEqual([theirs.info.width, theirs.info.height]);
          expect(difference(theirs.data, made.data).mean, name).toBeLessThan(3);
        }
      }
    },
  );

  it('is the same whether made alone or with other sizes, where the decoded size is the same', async () => {
    const jpeg = await sharpJpeg(sample, { quality: 90 });
    const result = run(kernel, jpeg, { targets: [target(50), target(45), target(40)] });
    if (result.status !== 'ok') throw new Error(JSON.stringify(result));
    const together = result.outputs.map((output) => Buffer.from(output.bytes));
    expect(together[0]).toEqual(thumbnail(kernel, jpeg, 50, { quality: 80 }));
    for (const [i, side] of [50, 45, 40].entries()) {
      const alone = thumbnail(kernel, jpeg, side, { quality: 80 });
      const apart = difference((await decode(alone)).data, (await decode(together[i] ?? alone)).data);
      expect(apart.mean).toBeLessThan(1.5);
    }
  });

  it('is decoded with less when fast, and stays close', async () => {
    const jpeg = await sharpJpeg(picture(600, 450), { quality: 90 });
    const apart = await differenceFromFull(jpeg, thumbnail(kernel, jpeg, 75, { fast: true }));
    expect(apart.mean).toBeLessThan(2);
  });

  it.each([5, 30, 50, 80, 95])(
    'loses at quality %i what libjpeg loses, in as many bytes',
    async (quality) => {
      for (const pixels of [sample, noise(120, 90)]) {
        const jpeg = await sharpJpeg(pixels, { quality: 97 });
        const { data, width, height } = await decode(jpeg);
        const theirs = await sharpJpeg({ data, width, height }, { quality, optimiseCoding: false });
        const ours = thumbnail(kernel, jpeg, 300, { quality });
        const lost = meanLightDifference(data, (await decode(theirs)).data);
        expect(meanLightDifference(data, (await decode(ours)).data)).toBeLessThan(lost * 1.03 + 0.05);
        // Chroma of noise comes out of a cubic filter livelier than out of libjpeg's mean of four.
        expect(ours.length).toBeLessThan(theirs.length * 1.15 + 20);
      }
    },
  );

  it('is never enlarged', async () => {
    const jpeg = await sharpJpeg(picture(20, 10), { quality: 90 });
    const { width, height } = await sharp(thumbnail(kernel, jpeg, 500)).metadata();
    expect([width, height]).toEqual([20, 10]);
  });
});

async function oriented(pixels: { data: Buffer; width: number; height: number }, orientation: Orientation) {
  const { data, width, height } = pixels;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation })
    .jpeg({ quality: 95 })
    .toBuffer();
}

function withoutHuffmanTables(jpeg: Buffer): Buffer {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc4]));
  if (at < 0) return jpeg;
  return withoutHuffmanTables(
    Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 2 + jpeg.readUInt16BE(at + 2))]),
  );
}

describe('what the standard allows and few encoders write', () => {
  const end = Buffer.from([0xff, 0xd9]);

  it.each([
    ['fill bytes before markers', (jpeg: Buffer) => refill(jpeg)],
    ['bytes after the end', (jpeg: Buffer) => Buffer.concat([jpeg, Buffer.from('more'), jpeg])],
    ['zeros before the end', (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(9), end])],
    ['a comment', (jpeg: Buffer) => inserted(jpeg, Buffer.from([0xff, 0xfe, 0, 6, 0xff, 0xd9, 0xff, 0xda]))],
    ['restart intervals of none', (jpeg: Buffer) => inserted(jpeg, Buffer.from([0xff, 0xdd, 0, 4, 0, 0]))],
  ])('is decoded: %s', async (_name, change) => {
    for (const progressive of [false, true]) {
      const jpeg = await sharpJpeg(sample, { quality: 90, progressive });
      const changed = change(jpeg);
      for (const side of sides)
        expect(thumbnail(kernel, changed, side)).toEqual(thumbnail(kernel, jpeg, side));
    }
  });

  it('is left to sharp: tables that are not in the file', async () => {
    const jpeg = await sharpJpeg(sample, { optimiseCoding: false });
    const stripped = withoutHuffmanTables(jpeg);
    expect(run(kernel, stripped, { targets: [target(50)] }).status).toBe('refused');
  });

  it('fails: data that no block asks for', async () => {
    const jpeg = await sharpJpeg(sample, { quality: 90 });
    const longer = Buffer.concat([jpeg.subarray(0, -2), Buffer.from([1, 2, 3, 4, 5]), end]);
    expect(run(kernel, longer, { targets: [target(50)] })).toMatchObject({ code: 'CORRUPT_IMAGE' });
  });

  function inserted(jpeg: Buffer, segment: Buffer): Buffer {
    return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
  }

  /** Three more 0xFF before every marker that has a segment, and before EOI. */
  function refill(jpeg: Buffer): Buffer {
    const pieces: Buffer[] = [jpeg.subarray(0, 2)];
    let at = 2;
    while (jpeg[at + 1] !== 0xd9) {
      const code = jpeg[at + 1];
      let next = at + 2 + jpeg.readUInt16BE(at + 2);
      if (code === 0xda) while (jpeg[next] !== 0xff || jpeg[next + 1] === 0) next++;
      pieces.push(Buffer.from([0xff, 0xff, 0xff]), jpeg.subarray(at, next));
      at = next;
    }
    return Buffer.concat([...pieces, Buffer.from([0xff, 0xff, 0xff]), jpeg.subarray(at)]);
  }
});

describe('a damaged file', () => {
  it.each([false, true])('fails as truncated wherever it is cut (progressive: %s)', async (progressive) => {
    const jpeg = await sharpJpeg(sample, { quality: 90, progressive });
    for (let size = 2; size < jpeg.length; size += size < 700 ? 1 : 17) {
      for (const side of [12, 50, 203]) {
        const result = run(kernel, jpeg.subarray(0, size), { targets: [target(side)] });
        if (size < 4) expect(result.status).toBe('refused');
        else expect(result, `cut at ${size}`).toMatchObject({ status: 'failed', code: 'TRUNCATED_IMAGE' });
      }
    }
    const withoutEnd = run(kernel, jpeg.subarray(0, jpeg.length - 2), { targets: [target(50)] });
    expect(withoutEnd).toMatchObject({ status: 'failed', code: 'TRUNCATED_IMAGE' });
  });

  it.each([false, true])(
    'fails as truncated when an end was put to what is left (progressive: %s)',
    async (progressive) => {
      const jpeg = await sharpJpeg(sample, { quality: 90, progressive });
      for (let size = jpeg.length - 3; size > jpeg.length - 400; size -= 7) {
        const ended = Buffer.concat([jpeg.subarray(0, size), Buffer.from([0xff, 0xd9])]);
        for (const side of [50, 203]) {
          const result = run(kernel, ended, { targets: [target(side)] });
          expect(result.status, `cut at ${size} of ${jpeg.length}`).toBe('failed');
        }
      }
    },
  );

  it('is done with a warning when tolerated, its first half intact', async () => {
    const jpeg = await sharpJpeg(sample, { quality: 90 });
    const half = jpeg.subarray(0, Math.round(jpeg.length * 0.6));
    const result = run(kernel, half, { targets: [{ ...target(203), quality: 100 }], tolerant: true });
    if (result.status !== 'ok') throw new Error(JSON.stringify(result));
    expect(result.warning).toBe('The file ends before its image does.');
    const made = await decode(Buffer.from(result.outputs[0]?.bytes ?? []));
    const whole = await decode(jpeg);
    const rows = 60 * 203 * 3;
    expect(difference(made.data.subarray(0, rows), whole.data.subarray(0, rows)).mean).toBeLessThan(1.5);
  });

  it('fails as corrupt when its tables are', async () => {
    const jpeg = Buffer.from(await sharpJpeg(sample, { quality: 90 }));
    const table = jpeg.indexOf(Buffer.from([0xff, 0xc4]));
    jpeg.fill(0xff, table + 5, table + 10);
    const result = run(kernel, jpeg, { targets: [target(50)] });
    expect(result).toMatchObject({ status: 'failed', code: 'CORRUPT_IMAGE' });
  });

  it.skipIf(!hasCjpeg)('is done in grey when tolerated and its scans of colour are missing', async () => {
    const jpeg = cjpegScans(sample, '0;\n1;\n2;\n', '-quality', '95');
    const second = jpeg.indexOf(Buffer.from([0xff, 0xda]), jpeg.indexOf(Buffer.from([0xff, 0xda])) + 2);
    for (const end of [Buffer.alloc(0), Buffer.from([0xff, 0xd9])]) {
      const cut = Buffer.concat([jpeg.subarray(0, second), end]);
      const strict = run(kernel, cut, { targets: [target(50)] });
      expect(strict).toMatchObject({ status: 'failed', code: 'TRUNCATED_IMAGE' });
      const result = run(kernel, cut, { targets: [{ ...target(203), quality: 100 }], tolerant: true });
      if (result.status !== 'ok') throw new Error(JSON.stringify(result));
      const made = await decode(Buffer.from(result.outputs[0]?.bytes ?? []));
      expect(meanLightDifference(made.data, (await decode(cut)).data)).toBeLessThan(1.5);
    }
  });

  it.skipIf(!hasCjpeg)('loses only the intervals that are damaged when tolerated', async () => {
    const jpeg = cjpeg(sample, '-quality', '95', '-restart', '1');
    const whole = await decode(jpeg);
    const second = jpeg.indexOf(Buffer.from([0xff, 0xd1]));
    jpeg.fill(0xd7, second + 12, second + 60);
    const strict = run(kernel, jpeg, { targets: [target(203)] });
    expect(strict).toMatchObject({ status: 'failed', code: 'CORRUPT_IMAGE' });
    const result = run(kernel, jpeg, { targets: [{ ...target(203), quality: 100 }], tolerant: true });
    if (result.status !== 'ok') throw new Error(JSON.stringify(result));
    const made = await decode(Buffer.from(result.outputs[0]?.bytes ?? []));
    const below = 203 * 3 * 52;
    expect(difference(made.data.subarray(below), whole.data.subarray(below)).mean).toBeLessThan(1.5);
  });
});

describe('the kernel', () => {
  it('asks for more memory for a larger image only, and gives much of it back', async () => {
    const small = await sharpJpeg(sample, { quality: 90 });
    const large = await sharpJpeg(picture(5000, 3000), { quality: 90, progressive: true });
    const own = new JpegKernel();
    thumbnail(own, small, 50);
    const first = own.memoryBytes;
    for (let i = 0; i < 200; i++) thumbnail(own, small, 50 + (i % 3));
    expect(own.memoryBytes).toBe(first);
    thumbnail(own, large, 2000);
    expect(own.memoryBytes).toBeGreaterThan(48 * 1024 * 1024);
    thumbnail(own, small, 50);
    expect(own.memoryBytes).toBe(first);
  });

  it('still has the file after refusing it, also where its memory grew meanwhile', async () => {
    const own = new JpegKernel();
    const jpeg = withoutHuffmanTables(await sharpJpeg(picture(2000, 1500), { optimiseCoding: false }));
    const place = own.input(jpeg.length);
    place?.set(jpeg);
    const before = own.memoryBytes;
    expect(own.thumbnails({ size: jpeg.length, targets: [target(1000)] }).status).toBe('refused');
    expect(own.memoryBytes).toBeGreaterThan(before);
    expect(place?.length).toBe(0);
    expect(jpeg.equals(own.file() ?? jpeg.subarray(1))).toBe(true);
  });

  it('refuses what it has no room for', () => {
    expect(kernel.input(300 * 1024 * 1024)).toBeUndefined();
    expect(kernel.thumbnails({ size: 10, targets: [target(50)] }).status).toBe('refused');
  });

  it('refuses more targets than it has room for', async () => {
    const jpeg = await sharpJpeg(sample, {});
    const targets = Array.from({ length: 9 }, () => target(50));
    expect(run(kernel, jpeg, { targets }).status).toBe('refused');
  });
});
