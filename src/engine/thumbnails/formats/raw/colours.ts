import { matrixProfile, sRgbPrimaries } from '../../../../codecs/common/matrix-profile.ts';
import type { Colours } from './findings.ts';

const spaces = {
  // Adobe RGB (1998) 4.3.1: the gamma is 2 + 51/256.
  'adobe-rgb': {
    ...sRgbPrimaries,
    green: { x: 0.21, y: 0.71 },
    toLinear: (sample: number) => sample ** (563 / 256),
  },
  // ISO 22028-2 (ROMM RGB): white is D50, and the curve begins with a straight line.
  'prophoto-rgb': {
    white: { x: 0.3457, y: 0.3585 },
    red: { x: 0.7347, y: 0.2653 },
    green: { x: 0.1596, y: 0.8404 },
    blue: { x: 0.0366, y: 0.0001 },
    toLinear: (sample: number) => (sample < 0.03125 ? sample / 16 : sample ** 1.8),
  },
} as const;

const made = new Map<Colours, Uint8Array | undefined>();

/** The profile of colours that a camera names but has no profile for. */
export function profileOf(colours: Colours | undefined): Uint8Array | undefined {
  if (colours === undefined || colours === 'srgb') return undefined;
  if (!made.has(colours)) made.set(colours, matrixProfile(spaces[colours], false));
  return made.get(colours);
}
