import { describe, expect, it } from 'vitest';
import { run } from '../../../test/codecs/jpeg/run-codec.ts';
import {
  cjpeg,
  cjpegScans,
  picture,
  randomFrom,
  sharpJpeg,
  withCjpeg,
} from '../../../test/codecs/jpeg/samples.ts';
import { fits } from '../../shared/settings/choices.ts';
import { JpegCodec, type JpegRequest, type JpegResult } from './jpeg-codec.ts';

/** Each costs a quarter of a millisecond. */
const files = Number(process.env.SHOAL_FUZZ ?? 100_000);

async function seeds(): Promise<readonly Buffer[]> {
  const made = [
    await sharpJpeg(picture(97, 61), { quality: 80 }),
    await sharpJpeg(picture(64, 64), { quality: 95, chromaSubsampling: '4:4:4', optimiseCoding: false }),
    await sharpJpeg(picture(71, 50), { quality: 70, progressive: true }),
    await sharpJpeg(picture(33, 90), { quality: 90, progressive: true, chromaSubsampling: '4:4:4' }),
    await sharpJpeg(picture(300, 7), { quality: 50 }),
  ];
  if (!withCjpeg) return made;
  return [
    ...made,
    cjpeg(picture(80, 60), '-restart', '2B'),
    cjpeg(picture(65, 43), '-sample', '2x1', '-restart', '1'),
    cjpeg(picture(65, 43), '-sample', '4x2,1x1,1x1'),
    cjpeg(picture(50, 70), '-sample', '2x2,1x2,2x1', '-progressive', '-restart', '3B'),
    cjpeg(picture(90, 40), '-grayscale'),
    cjpegScans(picture(60, 40), '0;\n1;\n2;\n', '-restart', '4B'),
    cjpegScans(picture(60, 40), '0,1,2: 0-0, 0, 0;\n0: 1-9, 0, 1;\n0: 10-63, 0, 1;\n0: 1-63, 1, 0;\n'),
  ];
}

type Random = () => number;

/** Bit flips, changed bytes, cuts, segments copied from one file into another. */
function mutate(sources: readonly Buffer[], random: Random): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = () => sources[below(sources.length)] ?? Buffer.alloc(0);
  let file = Buffer.from(pick());
  // Half of the damage goes to the headers: they are smaller, and more depends on them.
  const place = () => below(random() < 0.5 ? Math.min(700, file.length) : file.length);
  const times = 1 + below(4);
  for (let i = 0; i < times; i++) {
    const kind = below(6);
    if (kind <= 1) {
      const at = place();
      file[at] = (file[at] ?? 0) ^ (1 << below(8));
    } else if (kind === 2) {
      file[place()] = [0, 1, 255, 0xd0 + below(12), below(256)][below(5)] ?? 0;
    } else if (kind === 3) {
      file = file.subarray(0, place());
    } else if (kind === 4) {
      const other = pick();
      const from = below(other.length);
      const at = place();
      const piece = other.subarray(from, from + 1 + below(300));
      file = Buffer.concat([
        file.subarray(0, at),
        piece,
        file.subarray(random() < 0.5 ? at : at + piece.length),
      ]);
    } else {
      const at = place();
      file = Buffer.concat([file.subarray(0, at), file.subarray(at + below(40))]);
    }
  }
  return file;
}

function randomRequest(random: Random): Omit<JpegRequest, 'size'> {
  const below = (limit: number) => Math.floor(random() * limit);
  const target = () => ({
    box: { width: 1 + below(90), height: 1 + below(90) },
    fit: fits[below(5)] ?? 'inside',
    quality: 1 + below(100),
  });
  return {
    targets: Array.from({ length: random() < 0.8 ? 1 : 1 + below(4) }, target),
    orientation: ([1, 1, 2, 3, 4, 5, 6, 7, 8] as const)[below(9)] ?? 1,
    fast: random() < 0.3,
    tolerant: random() < 0.5,
  };
}

/** Everything that can be seen of a result, copied out of the kernel's memory. */
function summary(result: JpegResult): string {
  if (result.status !== 'ok') return JSON.stringify(result);
  const outputs = result.outputs.map(({ bytes, width, height }) => [width, height, hash(bytes)]);
  return JSON.stringify([outputs, result.warning]);
}

/** FNV-1a. */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

describe('damaged files', () => {
  it(`neither trap, hang, leak from one to the next nor take memory (${files} of them)`, {
    timeout: 900_000,
  }, async () => {
    const sources = await seeds();
    const random = randomFrom(20_26);
    const kernel = new JpegCodec();
    const counts = { ok: 0, refused: 0, failed: 0 };
    let largest = 0;
    for (let i = 0; i < files; i++) {
      const file = mutate(sources, random);
      const request = randomRequest(random);
      // CPU time, because other work on the machine must not count as a hang.
      const before = process.threadCpuUsage();
      const result = run(kernel, file, request);
      const { user, system } = process.threadCpuUsage(before);
      const seconds = (user + system) / 1e6;
      counts[result.status]++;
      const seen = summary(result);
      if (seconds > 1) throw new Error(`File ${i} took ${seconds} s.`);
      largest = Math.max(largest, kernel.memoryBytes);
      // A new instance for each file would cost more than the decoding; every fifth file is enough to find a leak.
      if (i % 5 === 0) {
        const fresh = summary(run(new JpegCodec(), file, request));
        if (fresh !== seen) expect(seen, `file ${i} in a kernel that has seen others`).toBe(fresh);
      }
    }
    // Damaged dimensions may ask for much memory; the bound for one kernel still holds.
    expect(largest).toBeLessThanOrEqual(256 * 1024 * 1024);
    // The damage must be neither always fatal nor always harmless, or this test would prove nothing.
    expect(Math.min(counts.ok, counts.failed)).toBeGreaterThan(files / 10);
  });

  it('never take more memory the second time', async () => {
    const sources = await seeds();
    const kernel = new JpegCodec();
    const round = () => {
      const random = randomFrom(4);
      for (let i = 0; i < 500; i++) run(kernel, mutate(sources, random), randomRequest(random));
      return kernel.memoryBytes;
    };
    const first = round();
    expect(round()).toBe(first);
  });
});
