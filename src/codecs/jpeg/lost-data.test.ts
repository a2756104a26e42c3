import { expect, it } from 'vitest';
import { djpeg, type Grey, withDjpeg, wrongRows } from '../../../test/codecs/jpeg/djpeg.ts';
import { dataOf, inserted, restartsOf, without } from '../../../test/codecs/jpeg/jpeg-bytes.ts';
import { inside, run } from '../../../test/codecs/jpeg/run-codec.ts';
import { cjpeg, picture, randomFrom } from '../../../test/codecs/jpeg/samples.ts';
import { JpegCodec, type JpegResult } from './jpeg-codec.ts';

const kernel = new JpegCodec();
/** Whole MCUs, so that no block of the thumbnail holds samples of two. */
const pixels = picture(160, 128);

function decodeAll(jpeg: Buffer, tolerant: boolean): JpegResult {
  return run(kernel, jpeg, { targets: [{ ...inside(160), quality: 100 }], tolerant });
}

/** What the kernel shows of the image in its own size. */
function shown(jpeg: Buffer): Grey {
  const result = decodeAll(jpeg, true);
  if (result.status !== 'ok') throw new Error(JSON.stringify(result));
  const grey = djpeg(Buffer.from(result.outputs[0]?.bytes ?? []));
  if (!grey) throw new Error('djpeg reads no thumbnail');
  return grey;
}

interface Sample {
  readonly name: string;
  readonly jpeg: Buffer;
  readonly ours: Grey;
  readonly theirs: Grey;
}

function sampleOf(...options: readonly string[]): Sample {
  const jpeg = cjpeg(pixels, ...options);
  const theirs = djpeg(jpeg);
  if (!theirs) throw new Error('djpeg reads nothing');
  return { name: options.join(' '), jpeg, ours: shown(jpeg), theirs };
}

withDjpeg.describe('a lost restart interval', () => {
  const kinds = [
    ['-quality', '90', '-restart', '1'],
    ['-quality', '90', '-restart', '3B'],
    ['-quality', '90', '-progressive', '-restart', '1'],
    ['-quality', '85', '-progressive', '-restart', '5B'],
  ];

  it.each(kinds)(
    'fails, and costs no more than its own rows when tolerated (%s %s %s %s %s)',
    (...options) => {
      const whole = sampleOf(...options.filter((option) => option !== undefined));
      const places = restartsOf(whole.jpeg);
      const progressive = options.includes('-progressive');
      for (let lost = 1; lost <= 3; lost++) {
        const cut = without(whole.jpeg, places[1] ?? 0, places[1 + lost] ?? 0);
        expect(decodeAll(cut, false)).toMatchObject({ status: 'failed', code: 'CORRUPT_IMAGE' });
        if (lost < 3) expect(wrongRows(shown(cut), whole.ours)).toBeLessThanOrEqual((lost + 1) * 16);
        expect(wrongRows(shown(cut), whole.ours)).toBeLessThanOrEqual(djpegRows(cut, whole));
        expect(decodeAll(cut, true)).toMatchObject({ warning: expect.stringContaining('damaged') });
      }
      if (progressive) return;
      const noMarker = Buffer.from(whole.jpeg);
      noMarker.fill(0, places[1], (places[1] ?? 0) + 2);
      expect(decodeAll(noMarker, false)).toMatchObject({ status: 'failed', code: 'CORRUPT_IMAGE' });
      expect(wrongRows(shown(noMarker), whole.ours)).toBeLessThanOrEqual(16);
    },
  );

  it.each(kinds)('is passed over where it is there twice (%s %s %s %s %s)', (...options) => {
    const whole = sampleOf(...options.filter((option) => option !== undefined));
    const [, second = 0, third = 0] = restartsOf(whole.jpeg);
    const twice = inserted(whole.jpeg, [third], [...whole.jpeg.subarray(second, third)]);
    expect(decodeAll(twice, false)).toMatchObject({
      status: 'ok',
      warning: expect.stringContaining('restart'),
    });
    expect(wrongRows(shown(twice), whole.ours)).toBe(0);
  });

  it('at the end fails as truncated', () => {
    const whole = sampleOf('-quality', '90', '-restart', '1');
    const cut = without(whole.jpeg, restartsOf(whole.jpeg).at(-1) ?? 0, whole.jpeg.length - 2);
    expect(decodeAll(cut, false)).toMatchObject({ status: 'failed', code: 'TRUNCATED_IMAGE' });
  });
});

function djpegRows(jpeg: Buffer, whole: Sample): number {
  const theirs = djpeg(jpeg);
  return theirs ? wrongRows(theirs, whole.theirs) : whole.theirs.height;
}

withDjpeg.describe('of a damaged file', () => {
  const wholes = [
    ['-quality', '90'],
    ['-quality', '90', '-restart', '1'],
    ['-quality', '90', '-restart', '3B'],
    ['-quality', '75', '-restart', '7B', '-sample', '1x1'],
    ['-quality', '90', '-optimize', '-restart', '1'],
    ['-quality', '90', '-grayscale', '-restart', '11B'],
    ['-quality', '90', '-progressive'],
    ['-quality', '90', '-progressive', '-restart', '1'],
    ['-quality', '85', '-progressive', '-restart', '5B'],
  ];

  it('no more rows are wrong than djpeg gets wrong', () => {
    const samples = wholes.map((options) => sampleOf(...options));
    const random = randomFrom(41);
    const below = (limit: number) => Math.floor(random() * limit);
    for (let i = 0; i < 300; i++) {
      const whole = samples[below(samples.length)] ?? sampleOf();
      const [what, damaged] = damage(whole.jpeg, below);
      // Where the data of a progressive file ends early, djpeg smooths what there is of it, which we do not.
      const spared = whole.name.includes('progressive') ? whole.theirs.height / 8 : 0;
      const wrong = wrongRows(shown(damaged), whole.ours);
      expect(wrong, `${i}: ${whole.name}, ${what}`).toBeLessThanOrEqual(djpegRows(damaged, whole) + spared);
    }
  });
});

/** Damage to the image data, each kind as likely. */
function damage(jpeg: Buffer, below: (limit: number) => number): [what: string, damaged: Buffer] {
  const first = dataOf(jpeg);
  const at = first + below(jpeg.length - 2 - first);
  const places = restartsOf(jpeg);
  const place = below(Math.max(1, places.length - 3));
  switch (below(places.length > 4 ? 6 : 4)) {
    case 0:
      return [`a cut-out at ${at}`, without(jpeg, at, Math.min(at + 1 + below(400), jpeg.length - 2))];
    case 1:
      return [`truncation at ${at}`, jpeg.subarray(0, at)];
    case 2: {
      const damaged = Buffer.from(jpeg);
      damaged[at] = below(256);
      return [`another byte at ${at}`, damaged];
    }
    case 3:
      return [
        `bytes put in at ${at}`,
        inserted(
          jpeg,
          [at],
          Array.from({ length: 1 + below(20) }, () => below(255)),
        ),
      ];
    case 4:
      return [
        `lost intervals after ${place}`,
        without(jpeg, places[place] ?? 0, places[place + 1 + below(3)] ?? 0),
      ];
    default: {
      const damaged = Buffer.from(jpeg);
      damaged[(places[place] ?? 0) + 1] = 0xd0 | below(8);
      return [`another number of marker ${place}`, damaged];
    }
  }
}
