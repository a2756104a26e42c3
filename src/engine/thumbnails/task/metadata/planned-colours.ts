import { compactProfiles } from '../../../../codecs/common/compact-profile.ts';
import { classifyProfile, isDisplayP3, isRgbProfile } from '../../../../codecs/common/icc-profile.ts';
import type { ColourChoice, WrittenFormat } from '../../../../shared/settings/choices.ts';
import type { Described } from './described.ts';

/** What becomes of a picture's colours. */
export interface PlannedColours {
  /** What the pixels are converted to; `keep`: not at all. */
  readonly pixels: ColourChoice;
  /** The profile that has to be written, since without one the pixels would be taken for sRGB. */
  readonly profile?: Uint8Array;
  /** Whether the pixels are sRGB then. */
  readonly srgb: boolean;
}

const toSrgb: PlannedColours = { pixels: 'srgb', srgb: true };

/**
 * Only colours of red, green and blue can be kept: no format but JPEG and TIFF holds CMYK, and none of the greys' profiles
 * is read everywhere. GIF has no place for a profile.
 */
export function plannedColours(
  { colours, profile }: Described,
  wanted: ColourChoice,
  format: WrittenFormat,
): PlannedColours {
  if (wanted === 'srgb' || format === 'gif') return toSrgb;
  const own = colours === 'rgb' && profile && isRgbProfile(profile) ? profile : undefined;
  if (wanted === 'keep') {
    return own ? { pixels: 'keep', profile: own, srgb: classifyProfile(own) === 'srgb' } : toSrgb;
  }
  if (own && isDisplayP3(own)) return { pixels: 'keep', profile: own, srgb: false };
  // Greys are the same in both: white and the curve are.
  return colours === 'grey' ? toSrgb : { pixels: 'p3', profile: compactProfiles.p3, srgb: false };
}
