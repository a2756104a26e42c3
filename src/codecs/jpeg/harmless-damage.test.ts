import { describe, expect, it } from 'vitest';
import {
  DHT,
  dataOf,
  EOI,
  exifSegment,
  inserted,
  placesOf,
  restartsOf,
  SOS,
  segment,
} from '../../../test/codecs/jpeg/jpeg-bytes.ts';
import { inside, run } from '../../../test/codecs/jpeg/run-codec.ts';
import {
  cjpeg,
  cjpegScans,
  picture,
  sample,
  sharpJpeg,
  withCjpeg,
} from '../../../test/codecs/jpeg/samples.ts';
import { JpegCodec } from './jpeg-codec.ts';

const kernel = new JpegCodec();
const progressiveFrame = Buffer.from([0xff, 0xc2]);

function resultOf(jpeg: Buffer, side: number, tolerant: boolean) {
  const request = { targets: [inside(side)], tolerant };
  const result = run(kernel, jpeg, request);
  if (result.status !== 'ok') throw new Error(JSON.stringify(result));
  return { warning: result.warning, bytes: Buffer.from(result.outputs[0]?.bytes ?? []) };
}

/** The same pixels as the whole file at every size, the same warning at each, and the same verdict without making it. */
function expectHarmless(jpeg: Buffer, whole: Buffer, warning: RegExp | undefined): void {
  expect(jpeg.equals(whole)).toBe(false);
  for (const side of [12, 50, 203]) {
    for (const tolerant of [false, true]) {
      const made = resultOf(jpeg, side, tolerant);
      expect(made.bytes.equals(resultOf(whole, side, false).bytes), `in a box of ${side}`).toBe(true);
      // Where a scan has nothing that a thumbnail shows, what is in it is not looked at.
      const isPassedOver = side === 12 && made.warning === undefined && whole.includes(progressiveFrame);
      if (warning && !isPassedOver) expect(made.warning).toMatch(warning);
      if (!warning) expect(made.warning).toBeUndefined();
      kernel.input(jpeg.length)?.set(jpeg);
      const verdict = kernel.judge({ size: jpeg.length, targets: [inside(side)], tolerant });
      expect(verdict).toEqual({
        status: 'whole',
        ...(made.warning !== undefined && { warning: made.warning }),
      });
    }
  }
}

const junks = {
  zeros: new Array(18).fill(0),
  'a stuffed zero': [0x12, 0x34, 0xff, 0, 0x56],
  'a reserved marker': [7, 0xff, 0x05, 9],
};
const strays = {
  three: [0x12, 0x34, 0x56],
  'a stuffed one': [0xff, 0, 0x34, 0x56],
  many: new Array(700).fill(0x5a),
};

describe.each([false, true])('harmless damage (progressive: %s)', (progressive) => {
  const whole = () => sharpJpeg(sample, { quality: 90, progressive });

  it.each(Object.entries(junks))(
    'is told, and nothing else: junk between segments, %s',
    async (_name, junk) => {
      const jpeg = await whole();
      const [first = 0] = placesOf(jpeg, 0xe0, 0xdb);
      expectHarmless(inserted(jpeg, [first], junk), jpeg, /stray bytes between/);
      expectHarmless(inserted(jpeg, placesOf(jpeg, DHT), junk), jpeg, /stray bytes/);
      const scans = placesOf(jpeg, SOS);
      expectHarmless(inserted(jpeg, scans.slice(0, 1), junk), jpeg, /stray bytes/);
      expectHarmless(inserted(jpeg, scans.slice(-1), junk), jpeg, /stray bytes/);
    },
  );

  it.each(Object.entries(strays))(
    'is told, and nothing else: stray bytes before EOI, %s',
    async (_name, stray) => {
      const jpeg = await whole();
      expectHarmless(inserted(jpeg, placesOf(jpeg, EOI), stray), jpeg, /stray bytes after/);
    },
  );

  it('is told, and nothing else: no EOI, and what follows in its place', async () => {
    const jpeg = await whole();
    const [end = 0] = placesOf(jpeg, EOI);
    expectHarmless(jpeg.subarray(0, end), jpeg, /end marker is missing/);
    expectHarmless(jpeg.subarray(0, end + 1), jpeg, /end marker is missing/);
    expectHarmless(Buffer.concat([jpeg.subarray(0, end), jpeg]), jpeg, /stray bytes|end marker/);
    expectHarmless(
      Buffer.concat([jpeg.subarray(0, end), segment(DHT, Buffer.from('none'))]),
      jpeg,
      /stray bytes/,
    );
  });

  it('is told, and nothing else: a second SOI', async () => {
    const jpeg = await whole();
    expectHarmless(inserted(jpeg, [0], [0xff, 0xd8]), jpeg, /stray bytes/);
  });

  it('is told, and nothing else: a comment whose length cannot be', async () => {
    const jpeg = await whole();
    const places = placesOf(jpeg, 0xdb).slice(0, 1);
    for (const length of [0, 1])
      expectHarmless(inserted(jpeg, places, [0xff, 0xfe, 0, length]), jpeg, /stray bytes/);
    // Shorter than what it holds: the rest of it is junk.
    const comment = segment(0xfe, Buffer.from('what somebody had to say'));
    comment.writeUInt16BE(7, 2);
    expectHarmless(inserted(jpeg, places, [...comment]), jpeg, /stray bytes/);
  });
});

withCjpeg.describe('harmless damage of restart intervals', () => {
  const kinds = [
    ['-restart', '1'],
    ['-restart', '5B'],
    ['-progressive', '-restart', '1'],
    ['-progressive', '-restart', '7B'],
  ];

  it.each(kinds)('is told, and nothing else: stray bytes before each RSTm (%s %s %s %s)', (...options) => {
    const whole = cjpeg(sample, '-quality', '90', ...options);
    expectHarmless(inserted(whole, restartsOf(whole), [0x12, 0x34, 0x56]), whole, /stray bytes after/);
  });

  it.each(kinds)('is told, and nothing else: a wrong number (%s %s %s %s)', (...options) => {
    const whole = cjpeg(sample, '-quality', '90', ...options);
    const places = restartsOf(whole);
    for (const at of [places[0], places[3], places[4]]) {
      for (let ahead = 1; ahead < 8; ahead++) {
        const jpeg = Buffer.from(whole);
        jpeg[(at ?? 0) + 1] = 0xd0 | (((jpeg[(at ?? 0) + 1] ?? 0) + ahead) & 7);
        expectHarmless(jpeg, whole, /wrong numbers/);
      }
    }
  });

  it('is not even told: a restart marker after the last interval, as some cameras write it', () => {
    for (const restart of ['1', '4B']) {
      const whole = cjpeg(picture(203, 151), '-quality', '90', '-restart', restart);
      const next = 0xd0 | (restartsOf(whole).length & 7);
      expectHarmless(inserted(whole, placesOf(whole, EOI), [0xff, next]), whole, undefined);
    }
    const plain = cjpeg(sample, '-quality', '90');
    expectHarmless(inserted(plain, placesOf(plain, EOI), [0xff, 0xd0]), plain, undefined);
  });

  it('is told, and nothing else: DC after AC in a progressive file', () => {
    const scans = ['0,1,2: 0-0, 0, 0;', '0: 1-63, 0, 0;', '1: 1-63, 0, 0;', '2: 1-63, 0, 0;'];
    const whole = cjpegScans(sample, scans.join('\n'), '-quality', '90');
    const [first = 0, second = 0] = placesOf(whole, SOS);
    // The tables that belong to a scan stand before it.
    const tables = placesOf(whole, DHT);
    const from = tables.find((at) => at < first) ?? first;
    const until = tables.find((at) => at > first) ?? second;
    const [end = 0] = placesOf(whole, EOI);
    const late = Buffer.concat([
      whole.subarray(0, from),
      whole.subarray(until, end),
      whole.subarray(from, until),
      whole.subarray(end),
    ]);
    expectHarmless(late, whole, /odd values/);
  });
});

describe('odd values', () => {
  it('of a scan header are told, and nothing else, where a baseline file needs none', async () => {
    const whole = await sharpJpeg(sample, { quality: 90 });
    for (const odd of [
      [0, 0, 0],
      [0, 63, 0x10],
      [1, 5, 0x21],
    ]) {
      const jpeg = Buffer.from(whole);
      jpeg.set(odd, dataOf(jpeg) - 3);
      expectHarmless(jpeg, whole, /odd values/);
    }
  });
});

describe('junk', () => {
  it('before the start of another image is no reason to take that for the image', async () => {
    const jpeg = await sharpJpeg(sample, { quality: 90 });
    const preview = await sharpJpeg(picture(40, 30), {});
    const exif = exifSegment(1);
    const cut = Buffer.concat([jpeg.subarray(0, 2), exif, Buffer.from([1, 2, 3]), preview, jpeg.subarray(2)]);
    expect(run(kernel, cut, { targets: [inside(50)] })).toMatchObject({
      status: 'failed',
      code: 'CORRUPT_IMAGE',
    });
  });
});
