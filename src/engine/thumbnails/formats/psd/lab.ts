import { srgbSamples } from '../../../../codecs/common/srgb-curve.ts';

/** From XYZ with ICC's white (D50) to sRGB's linear light: Bradford, then IEC 61966-2-1. */
const toRed = [3.1338561, -1.6168667, -0.4906146] as const;
const toGreen = [-0.9787684, 1.9161415, 0.033454] as const;
const toBlue = [0.0719453, -0.2289914, 1.4052427] as const;
const white = [0.9642, 1, 0.8249] as const;

/** How finely linear light is told apart. */
const steps = 4096;
let curve: Uint8Array | undefined;

/** CIE L*a*b* of 8 bits, whose a and b are 0 at 128, becomes sRGB in place. */
export function labToRgb(pixels: Uint8Array, channels: number): void {
  curve ??= srgbSamples(steps);
  for (let at = 0; at < pixels.length; at += channels) {
    const fy = (((pixels[at] ?? 0) / 255) * 100 + 16) / 116;
    const x = white[0] * cubed(fy + ((pixels[at + 1] ?? 0) - 128) / 500);
    const y = cubed(fy);
    const z = white[2] * cubed(fy - ((pixels[at + 2] ?? 0) - 128) / 200);
    [toRed, toGreen, toBlue].forEach((row, c) => {
      const linear = row[0] * x + row[1] * y + row[2] * z;
      pixels[at + c] = curve?.[Math.round(steps * Math.min(1, Math.max(0, linear)))] ?? 0;
    });
  }
}

function cubed(f: number): number {
  return f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29);
}
