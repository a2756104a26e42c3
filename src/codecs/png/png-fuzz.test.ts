import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../test/codecs/jpeg/samples.ts';
import { exif, kinds, pictureSample, recipeFor } from '../../../test/codecs/png/samples.ts';
import { filteredScanlines, writePng } from '../../../test/codecs/png/write-png.ts';
import { withChecksum, zlibInflate } from '../../../test/codecs/png/zlib.ts';
import { pngThumbnails } from '../../engine/thumbnails/task/png-thumbnails.ts';
import { fits } from '../../shared/settings/choices.ts';
import { choosePngPath, inflatedLength } from './choose-png-path.ts';
import { coloursOf } from './colours.ts';
import { PngCodec, type PngRequest } from './png-codec.ts';
import { readPngHeader } from './png-header.ts';

/** `npm run test:fuzz` makes 100,000. */
const files = Number(process.env.SHOAL_FUZZ ?? 5_000);

type Random = () => number;

const seeds = kinds.flatMap(([colourType, bitDepth], i) => {
  const sample = pictureSample(23 + 17 * (i % 4), 31 + 5 * (i % 3), colourType, bitDepth);
  const filterType = (y: number) => (y + i) % 5;
  return [
    { ...sample, filterType },
    { ...sample, filterType, chunks: [...(sample.chunks ?? []), ['eXIf', exif(1 + (i % 8))] as const] },
  ];
});

/** Damages a file anywhere; half of the time the CRCs are corrected, so that the damage is not noticed at once. */
function mutate(random: Random): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  const seed = seeds[below(seeds.length)];
  if (!seed) throw new Error('no seed');
  // The scanlines get other bytes, filter types among them, and become more or fewer.
  const scanlines = filteredScanlines(seed);
  for (let i = below(4); i > 0; i--) scanlines[below(scanlines.length)] = below(256);
  const more = [0, 0, 0, 1, -1, -below(scanlines.length), below(3000)][below(7)] ?? 0;
  const changed =
    more > 0
      ? Buffer.concat([scanlines, Buffer.alloc(more)])
      : scanlines.subarray(0, scanlines.length + more);
  let file = writePng({ ...seed, split: () => [deflateSync(changed, { level: 1 })] });
  for (let i = below(3); i > 0; i--) {
    const kind = below(4);
    const at = below(random() < 0.6 ? Math.min(120, file.length) : file.length);
    if (kind === 0) file[at] = (file[at] ?? 0) ^ (1 << below(8));
    else if (kind === 1) file[at] = below(256);
    else if (kind === 2 && random() < 0.3) file = Buffer.from(file.subarray(0, at));
    else if (kind === 3) file = Buffer.concat([file.subarray(0, at), file.subarray(at + below(5))]);
  }
  if (random() < 0.7) correctCrcs(file);
  return file;
}

function correctCrcs(file: Buffer): void {
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) return;
    file.writeUInt32BE(crc32(file.subarray(at + 4, end)), end);
    at = end + 4;
  }
}

function randomRequest(random: Random): Pick<PngRequest, 'boxes' | 'fit'> {
  const below = (limit: number) => Math.floor(random() * limit);
  const boxes = Array.from({ length: random() < 0.8 ? 1 : 1 + below(4) }, () => ({
    width: 1 + below(90),
    height: 1 + below(90),
  }));
  return { boxes, fit: fits[below(fits.length)] ?? 'inside' };
}

/** Gives the kernel meaningless scanlines for an image that `choosePngPath` accepts: no bytes may do harm. */
function run(
  kernel: PngCodec,
  file: Uint8Array,
  scanlines: Uint8Array,
  wanted: Pick<PngRequest, 'boxes' | 'fit'>,
) {
  const header = readPngHeader(file);
  const image = header?.image;
  if (!image || choosePngPath(header).via === 'sharp') return undefined;
  const length = inflatedLength(image);
  if (length > 4_000_000) return undefined;
  const meaningless = Buffer.alloc(length);
  meaningless.set(scanlines.subarray(0, length));
  if (kernel.inflate([deflateSync(meaningless, { level: 1 })], length).status === 'refused') return undefined;
  return kernel.thumbnails({
    image,
    colours: coloursOf(image, header),
    orientation: header.orientation,
    ...wanted,
  });
}

/** Everything that can be seen of a result, copied out of the kernel's memory. */
function summary(result: ReturnType<PngCodec['thumbnails']> | undefined): string {
  if (result?.status !== 'ok') return JSON.stringify(result ?? 'sharp');
  return JSON.stringify(
    result.outputs.map(({ scanlines, ...rest }) => [rest, scanlines.length, crc32(scanlines)]),
  );
}

describe('damaged PNG files', () => {
  it(`neither trap, hang, leak from one to the next nor take memory (${files} of them)`, {
    timeout: 900_000,
  }, () => {
    const random = randomFrom(20_27);
    const kernel = new PngCodec();
    // Mostly bytes that are valid filter types, wherever a scanline may begin.
    const soup = Uint8Array.from({ length: 200_000 }, () => (random() < 0.9 ? random() * 5 : random() * 256));
    const counts = { made: 0, left: 0 };
    let largest = 0;
    for (let i = 0; i < files; i++) {
      const file = mutate(random);
      const wanted = randomRequest(random);
      const bytes = soup.subarray(Math.floor(random() * soup.length));
      // CPU time, because other work on the machine must not count as a hang.
      const before = process.threadCpuUsage();
      const whole = pngThumbnails(file, 'a.png', recipeFor({}), ['png']);
      counts[whole ? 'made' : 'left']++;
      const seen = summary(run(kernel, file, bytes, wanted));
      const { user, system } = process.threadCpuUsage(before);
      const seconds = (user + system) / 1e6;
      if (seconds > 1) throw new Error(`File ${i} took ${seconds} s.`);
      largest = Math.max(largest, kernel.memoryBytes);
      if (i % 5 === 0) {
        const fresh = summary(run(new PngCodec(), file, bytes, wanted));
        if (fresh !== seen) expect(seen, `file ${i} in a kernel that has seen others`).toBe(fresh);
      }
    }
    expect(largest).toBeLessThanOrEqual(256 * 1024 * 1024);
    // The damage must be neither always fatal nor always harmless, or this test would prove nothing.
    expect(Math.min(counts.made, counts.left)).toBeGreaterThan(files / 10);
  });
});

/** Deflated by any level and strategy, then damaged: mostly at the beginning, where the codes of a block stand. */
function damagedDatastream(random: Random): ReturnType<typeof withChecksum> {
  const below = (limit: number) => Math.floor(random() * limit);
  const values = 1 + below([2, 6, 40, 256][below(4)] ?? 1);
  const bytes = Buffer.from(Array.from({ length: below(below(4) ? 400 : 5000) }, () => below(values)));
  let deflated = deflateRawSync(bytes, {
    level: below(10),
    strategy: below(5),
    memLevel: 1 + below(9),
    windowBits: 9 + below(7),
  });
  for (let i = below(4); i > 0; i--) {
    const kind = below(5);
    const at = below(random() < 0.5 ? Math.min(40, deflated.length) : deflated.length);
    if (kind < 3) deflated[at] = (deflated[at] ?? 0) ^ (1 << below(8));
    else if (kind === 3) deflated = deflated.subarray(0, at);
    else deflated = Buffer.concat([deflated.subarray(0, at), deflated.subarray(at + below(3))]);
  }
  const { datastream, length, isWhole } = withChecksum(deflated);
  if (!isWhole) return { datastream, length, isWhole };
  if (below(10) === 0) {
    const at = [0, 1, datastream.length - 1 - below(4)][below(3)] ?? 0;
    datastream[at] = (datastream[at] ?? 0) ^ (1 << below(8));
  }
  return { datastream, length: Math.max(0, length + (below(8) ? 0 : below(9) - 4)), isWhole };
}

describe('damaged zlib datastreams', () => {
  it(`become what zlib makes of them, or nothing (${files} of them)`, { timeout: 900_000 }, () => {
    const random = randomFrom(19_50);
    const codec = new PngCodec();
    const counts = { whole: 0, refused: 0 };
    for (let i = 0; i < files; i++) {
      const { datastream, length, isWhole } = damagedDatastream(random);
      const theirs = zlibInflate(datastream, length);
      const inflated = codec.inflate([datastream], length);
      const ours = inflated.status === 'ok' ? inflated.scanlines : undefined;
      counts[theirs ? 'whole' : 'refused']++;
      // What is wrong in blocks has to be found there, not by the checksum.
      const isFound = isWhole || (inflated.status === 'refused' && inflated.reason === 'DAMAGED_DATASTREAM');
      if (isFound && (ours && theirs ? theirs.equals(ours) : ours === theirs)) continue;
      throw new Error(`${theirs ? 'Whole' : 'Refused'} by zlib: ${datastream.toString('base64')}, ${length}`);
    }
    expect(Math.min(counts.whole, counts.refused)).toBeGreaterThan(files / 10);
  });
});
