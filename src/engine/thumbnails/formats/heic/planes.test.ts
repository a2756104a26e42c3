import { expect, test } from 'vitest';
import { type Plane, type Planes, shrunk } from './planes.ts';

function plane(width: number, height: number, sample: (x: number, y: number) => number, bits = 8): Plane {
  const stride = width + 3;
  const values = Array.from({ length: stride * height }, (_, i) => {
    const x = i % stride;
    return x < width ? sample(x, Math.floor(i / stride)) : 77;
  });
  const samples = bits === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  return { width, height, stride, bits, samples };
}

const bt601 = { red: 0.299, blue: 0.114 };

test('each pixel is the mean of those that it stands for, without what pads the rows', () => {
  const luma = plane(4, 4, (x, y) => 10 * x + 50 * y);
  const { pixels, channels } = shrunk({ luma, weights: bt601, fullRange: true }, 2, 2);
  expect([channels, ...pixels]).toEqual([1, 30, 50, 130, 150]);
});

test('sides that are no multiples are divided as evenly as can be, to the last sample', () => {
  const luma = plane(7, 1, (x) => x);
  const { pixels } = shrunk({ luma, weights: bt601, fullRange: true }, 3, 1);
  // 0 and 1, 2 to 4, 5 and 6.
  expect([...pixels]).toEqual([1, 3, 6]);
});

test('colours come of fewer samples than brightness has, of eight bits and of ten alike', () => {
  for (const bits of [8, 10]) {
    const most = 2 ** bits - 1;
    const unit = 2 ** (bits - 8);
    // Pure red by BT.601: its brightness, and its distance from that.
    const planes: Planes = {
      luma: plane(8, 8, () => Math.round(0.299 * most), bits),
      chroma: [plane(4, 4, () => Math.round(85 * unit), bits), plane(4, 4, () => most, bits)],
      weights: bt601,
      fullRange: true,
    };
    const { pixels } = shrunk(planes, 4, 4);
    expect([...pixels.subarray(0, 3)]).toEqual([254, 0, 0].map((value) => expect.closeTo(value, -1)));
  }
});

test('narrow range reaches from black to white', () => {
  for (const bits of [8, 10]) {
    const unit = 2 ** (bits - 8);
    const luma = plane(4, 1, (x) => (x < 2 ? 16 : 235) * unit, bits);
    expect([...shrunk({ luma, weights: bt601, fullRange: false }, 2, 1).pixels]).toEqual([0, 255]);
  }
});
