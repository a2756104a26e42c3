import { expect, test } from 'vitest';
import { randomFrom } from '../../../../../test/codecs/jpeg/samples.ts';
import { withExifThumbnail } from '../../../../../test/images/camera-jpeg.ts';
import { rawContainers } from '../../../../../test/images/raw-containers.ts';
import { plain } from '../../../../../test/images/test-images.ts';
import { bytesInMemory, type FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import type { Picture } from '../picture-reader.ts';
import { isRawTiff } from '../raw-tiff.ts';
import { rawReader } from './raw-reader.ts';

/** `npm run test:fuzz` makes 100,000. */
const files = Number(process.env.SHOAL_FUZZ ?? 3_000);

const jpeg = (width: number, height: number) => plain(width, height).jpeg({ quality: 1 }).toBuffer();
const [thumbnail, preview, large] = await Promise.all([jpeg(16, 11), jpeg(60, 40), jpeg(150, 100)]);
const full = withExifThumbnail(large, thumbnail, 6);
const seeds = Object.values(rawContainers).map((make) => make({ thumbnail, preview, full }));
/** Numbers at which arithmetic ends, and offsets of what exists. */
const telling = [0, 1, 8, 10, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff, 0x100, 26];

/** Damages a file where directories, boxes and lists stand, in whole fields of either byte order as in single bits. */
function mutate(random: () => number): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  let file = Buffer.from(seeds[below(seeds.length)] ?? []);
  for (let i = 1 + below(8); i > 0; i--) {
    const at = below(random() < 0.7 ? Math.min(700, file.length - 8) : file.length - 8);
    const value = random() < 0.7 ? (telling[below(telling.length)] ?? 0) : below(file.length);
    const kind = below(7);
    if (kind === 0) file[at] = (file[at] ?? 0) ^ (1 << below(8));
    else if (kind === 1) file[at] = below(256);
    else if (kind === 2) file.writeUInt32LE(value, at);
    else if (kind === 3) file.writeUInt32BE(value, at);
    else if (kind === 4) file.writeUInt16LE(value & 0xffff, at);
    else if (kind === 5) file.copy(file, at, below(file.length));
    else if (random() < 0.2) file = Buffer.from(file.subarray(0, Math.max(16, at)));
  }
  return file;
}

/** As a file on the disk, which cannot be read at places that are no whole numbers from 0 on. */
function counted(bytes: Buffer): { file: FileBytes; reads: () => number } {
  const memory = bytesInMemory(bytes);
  let reads = 0;
  const read = (at: number, length: number): Uint8Array => {
    reads += 1;
    if (!Number.isInteger(at) || at < 0 || !Number.isInteger(length))
      throw new Error(`read ${at}, ${length}`);
    return memory.read(at, length);
  };
  return { file: { length: bytes.length, read }, reads: () => reads };
}

test(`damaged raw photos end with a code or a JPEG, after a bounded number of reads (${files} of them)`, {
  timeout: 900_000,
}, () => {
  const random = randomFrom(20_13);
  const counts: Record<string, number> = {};
  let [mostReads, mostMs] = [0, 0];
  for (let i = 0; i < files; i++) {
    const bytes = mutate(random);
    const { file, reads } = counted(bytes);
    const before = process.threadCpuUsage();
    let outcome = 'done';
    try {
      isRawTiff(file);
      const picture = rawReader.open(file, { name: 'a', maxPixels: 1e8 }) as Picture;
      const { width, height } = picture.size;
      expect(width > 0 && height > 0 && picture.orientation >= 1 && picture.orientation <= 8).toBe(true);
      const wanted = random() * 200;
      const pixels = picture.pixels((size) => size.width >= wanted);
      if (pixels instanceof Promise) throw new Error('not at once');
      if (picture.exif) expect(picture.exif.length).toBeLessThan(64 * 1024);
      if (pixels.kind === 'jpeg') expect([...pixels.bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    } catch (error) {
      if (!(error instanceof ItemError)) throw new Error(`file ${i}`, { cause: error });
      outcome = error.code;
    }
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    mostReads = Math.max(mostReads, reads());
    const { user, system } = process.threadCpuUsage(before);
    mostMs = Math.max(mostMs, (user + system) / 1000);
  }
  expect(mostReads).toBeLessThan(20_000);
  expect(mostMs).toBeLessThan(1000);
  // The damage must be neither always fatal nor always harmless, or this test would prove nothing.
  expect(counts.done).toBeGreaterThan(files / 10);
  expect(files - (counts.done ?? 0)).toBeGreaterThan(files / 20);
  if (process.env.SHOAL_FUZZ) process.stdout.write(`${JSON.stringify({ counts, mostReads, mostMs })}\n`);
});
