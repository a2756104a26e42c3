/** From linear light, 0 to 1, to a sample of sRGB, 0 to 1 (IEC 61966-2-1). */
export function encodedSrgb(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}

/** The samples of eight bits of linear light in so many steps: one more value than steps. */
export function srgbSamples(steps: number): Uint8Array {
  return Uint8Array.from({ length: steps + 1 }, (_, i) => Math.round(255 * encodedSrgb(i / steps)));
}
