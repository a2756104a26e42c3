import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../../test/codecs/jpeg/samples.ts';

/** The transforms of assembly/dct/idct.ts, compiled on their own. The test chooses the addresses. */
interface Transforms {
  readonly memory: { readonly buffer: ArrayBuffer };
  inverse1(from: number, to: number, count: number): void;
  inverse2(from: number, to: number, stride: number, count: number): void;
  inverse3(from: number, to: number, stride: number): void;
  inverse4(from: number, to: number, stride: number): void;
  inverse8(from: number, to: number, stride: number): void;
}

declare const WebAssembly: {
  instantiate(bytes: Uint8Array): Promise<{ instance: { exports: unknown } }>;
};

const FROM = 32_768;
const TO = 33_024;
const STRIDE = 32;
let transforms: Transforms;

beforeAll(async () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'assembly/dct');
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await main(
    [
      'idct.ts',
      '-O3',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--outFile',
      'idct.wasm',
      '--initialMemory',
      '1',
    ],
    {
      readFile: (name, base) => readFile(join(base === '.' ? folder : base, name), 'utf8').catch(() => null),
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !wasm) throw new Error(`${error?.message}\n${stderr.toString()}`);
  transforms = (await WebAssembly.instantiate(wasm)).instance.exports as Transforms;
}, 60_000);

/** A.3.3 as written, with `size` in place of 8 and the matching scale; coefficients by [v][u]. */
function reference(coefficients: readonly number[][], size: number): number[][] {
  const c = (k: number) => (k === 0 ? Math.SQRT1_2 : 1);
  const cosine = (x: number, u: number) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * size));
  return range(size).map((y) =>
    range(size).map((x) => {
      let sum = 0;
      for (const v of range(size)) {
        for (const u of range(size)) {
          sum += c(u) * c(v) * (coefficients[v]?.[u] ?? 0) * cosine(x, u) * cosine(y, v);
        }
      }
      return Math.max(-128, Math.min(127, sum / 4));
    }),
  );
}

function range(size: number): number[] {
  return Array.from({ length: size }, (_, i) => i);
}

/** Coefficients like those of photographs: large near DC, small far from it; sometimes large everywhere. */
function randomBlock(random: () => number, size: number): number[][] {
  const wide = random() < 0.2;
  return range(size).map((v) =>
    range(size).map((u) => Math.round((random() - 0.5) * (wide ? 900 : 1600 / (1 + u + v) ** 1.5))),
  );
}

/** Where the transform of each size reads coefficient (u, v): see assembly/dequantise.ts. */
function slot(size: number, u: number, v: number): number {
  return size === 3 || size === 4 ? ((u & 1) << 3) + (v << 1) + (u >> 1) : u * size + v;
}

function transform(size: number, block: readonly number[][]): number[][] {
  const memory = new Int16Array(transforms.memory.buffer);
  for (const v of range(size))
    for (const u of range(size)) memory[FROM / 2 + slot(size, u, v)] = block[v]?.[u] ?? 0;
  if (size === 1) transforms.inverse1(FROM, TO, 1);
  else if (size === 2) transforms.inverse2(FROM, TO, STRIDE, 1);
  else if (size === 3) transforms.inverse3(FROM, TO, STRIDE);
  else if (size === 4) transforms.inverse4(FROM, TO, STRIDE);
  else transforms.inverse8(FROM, TO, STRIDE);
  return range(size).map((y) => range(size).map((x) => memory[(TO + y * STRIDE) / 2 + x] ?? Number.NaN));
}

describe('the inverse DCT', () => {
  it.each([1, 2])('is exact at %i samples a side', (size) => {
    const random = randomFrom(size);
    for (let i = 0; i < 2000; i++) {
      const block = randomBlock(random, size);
      const expected = reference(block, size).map((row) =>
        row.map((sample) => Math.floor(sample + 0.5 + 1e-9)),
      );
      expect(transform(size, block), JSON.stringify(block)).toEqual(expected);
    }
  });

  it.each([3, 4, 8])('is within one of the formula at %i samples a side, and nearly always exact', (size) => {
    const random = randomFrom(size);
    let off = 0;
    let bias = 0;
    for (let i = 0; i < 2000; i++) {
      const block = randomBlock(random, size);
      const made = transform(size, block);
      for (const [y, row] of reference(block, size).entries()) {
        for (const [x, sample] of row.entries()) {
          const apart = (made[y]?.[x] ?? Number.NaN) - sample;
          expect(Math.abs(apart), JSON.stringify(block)).toBeLessThan(0.8);
          bias += apart;
          if (Math.abs(apart) > 0.5) off++;
        }
      }
    }
    const samples = 2000 * size * size;
    expect(off / samples).toBeLessThan(0.03);
    expect(Math.abs(bias / samples)).toBeLessThan(0.01);
  });

  it('makes a flat block of DC alone, at every size', () => {
    for (const size of [1, 2, 3, 4, 8]) {
      for (const dc of [-1024, -512, -8, 0, 8, 400, 1016]) {
        const block = range(size).map((v) => range(size).map((u) => (u + v === 0 ? dc : 0)));
        expect(new Set(transform(size, block).flat())).toEqual(new Set([dc / 8]));
      }
    }
  });
});
