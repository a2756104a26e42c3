import { describe, expect, it } from 'vitest';
import { inside, run, thumbnail } from '../../../test/codecs/jpeg/run-codec.ts';
import {
  cjpeg,
  cjpegScans,
  decode,
  difference,
  meanLightDifference,
  picture,
  sample,
  sharpJpeg,
  sides,
  withCjpeg,
} from '../../../test/codecs/jpeg/samples.ts';
import { JpegCodec } from './jpeg-codec.ts';

const kernel = new JpegCodec();

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
    expect(run(kernel, stripped, { targets: [inside(50)] }).status).toBe('refused');
  });

  function inserted(jpeg: Buffer, segment: Buffer): Buffer {
    return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
  }

  /** Puts three more 0xFF before every marker that has a segment, and before EOI. */
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
    for (let size = 2; size < jpeg.length - 3; size += size < 700 ? 1 : 17) {
      for (const side of [12, 50, 203]) {
        const result = run(kernel, jpeg.subarray(0, size), { targets: [inside(side)] });
        if (size < 4) expect(result.status).toBe('refused');
        else expect(result, `cut at ${size}`).toMatchObject({ status: 'failed', code: 'TRUNCATED_IMAGE' });
      }
    }
  });

  it.each([false, true])(
    'fails as truncated when an end was put to what is left (progressive: %s)',
    async (progressive) => {
      const jpeg = await sharpJpeg(sample, { quality: 90, progressive });
      for (let size = jpeg.length - 3; size > jpeg.length - 400; size -= 7) {
        const ended = Buffer.concat([jpeg.subarray(0, size), Buffer.from([0xff, 0xd9])]);
        for (const side of [50, 203]) {
          const result = run(kernel, ended, { targets: [inside(side)] });
          expect(result.status, `cut at ${size} of ${jpeg.length}`).toBe('failed');
        }
      }
    },
  );

  it('is done with a warning when tolerated, its first half intact', async () => {
    const jpeg = await sharpJpeg(sample, { quality: 90 });
    const half = jpeg.subarray(0, Math.round(jpeg.length * 0.6));
    const result = run(kernel, half, { targets: [{ ...inside(203), quality: 100 }], tolerant: true });
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
    const result = run(kernel, jpeg, { targets: [inside(50)] });
    expect(result).toMatchObject({ status: 'failed', code: 'CORRUPT_IMAGE' });
  });

  withCjpeg.test('is done in grey when tolerated and its scans of colour are missing', async () => {
    const jpeg = cjpegScans(sample, '0;\n1;\n2;\n', '-quality', '95');
    const second = jpeg.indexOf(Buffer.from([0xff, 0xda]), jpeg.indexOf(Buffer.from([0xff, 0xda])) + 2);
    for (const end of [Buffer.alloc(0), Buffer.from([0xff, 0xd9])]) {
      const cut = Buffer.concat([jpeg.subarray(0, second), end]);
      const strict = run(kernel, cut, { targets: [inside(50)] });
      expect(strict).toMatchObject({ status: 'failed', code: 'TRUNCATED_IMAGE' });
      const result = run(kernel, cut, { targets: [{ ...inside(203), quality: 100 }], tolerant: true });
      if (result.status !== 'ok') throw new Error(JSON.stringify(result));
      const made = await decode(Buffer.from(result.outputs[0]?.bytes ?? []));
      expect(meanLightDifference(made.data, (await decode(cut)).data)).toBeLessThan(1.5);
    }
  });

  withCjpeg.test('loses only the intervals that are damaged when tolerated', async () => {
    const jpeg = cjpeg(sample, '-quality', '95', '-restart', '1');
    const whole = await decode(jpeg);
    const second = jpeg.indexOf(Buffer.from([0xff, 0xd1]));
    jpeg.fill(0xd7, second + 12, second + 60);
    const strict = run(kernel, jpeg, { targets: [inside(203)] });
    expect(strict).toMatchObject({ status: 'failed', code: 'CORRUPT_IMAGE' });
    const result = run(kernel, jpeg, { targets: [{ ...inside(203), quality: 100 }], tolerant: true });
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
    const own = new JpegCodec();
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
    const own = new JpegCodec();
    const jpeg = withoutHuffmanTables(await sharpJpeg(picture(2000, 1500), { optimiseCoding: false }));
    const place = own.input(jpeg.length);
    place?.set(jpeg);
    const before = own.memoryBytes;
    expect(own.thumbnails({ size: jpeg.length, targets: [inside(1000)] }).status).toBe('refused');
    expect(own.memoryBytes).toBeGreaterThan(before);
    expect(place?.length).toBe(0);
    expect(jpeg.equals(own.file() ?? jpeg.subarray(1))).toBe(true);
  });

  it('refuses what it has no room for', () => {
    expect(kernel.input(300 * 1024 * 1024)).toBeUndefined();
    expect(kernel.thumbnails({ size: 10, targets: [inside(50)] }).status).toBe('refused');
  });

  it('refuses more targets than it has room for', async () => {
    const jpeg = await sharpJpeg(sample, {});
    const targets = Array.from({ length: 17 }, () => inside(50));
    expect(run(kernel, jpeg, { targets }).status).toBe('refused');
  });
});
