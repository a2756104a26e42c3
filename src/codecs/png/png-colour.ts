import { inflateSync } from 'node:zlib';
import { type ColourProfile, classifyProfile } from '../common/icc-profile.ts';
import type { ColourSpace } from '../common/matrix-profile.ts';
import { codedColourSpace, measuredColourSpace } from './code-points.ts';

/** What tells the colours of a PNG file. */
export type PngColour =
  /** Nothing does, or what does says sRGB. `overruled`: an iCCP chunk that is there does not count. */
  | { readonly by: 'nothing' | 'srgb'; readonly overruled: boolean }
  /** Its iCCP chunk. */
  | { readonly by: 'profile'; readonly profile: ColourProfile }
  /** Other chunks. */
  | { readonly by: 'chunks'; readonly space: ColourSpace };

/** A profile that inflates to more than this, in bytes, is not sRGB. */
const maxProfileBytes = 1024 * 1024;

/**
 * The chunk that counts of those that tell colours: cICP, iCCP, sRGB, gAMA with cHRM, and gAMA alone, in this order
 * (PNG third edition, 4.3 and 12.1). One that cannot be understood is passed over.
 * @param found the contents of the first chunk of a type, of those before the image data.
 */
export function readPngColour(found: (type: string) => Uint8Array | undefined, grey: boolean): PngColour {
  const iccp = found('iCCP');
  const overruled = iccp !== undefined;
  const cicp = found('cICP');
  const coded = cicp && codedColourSpace(cicp);
  if (coded) return coded === 'srgb' ? { by: 'srgb', overruled } : { by: 'chunks', space: coded };
  const profile = iccp && readProfile(iccp, grey);
  if (profile !== undefined) return { by: 'profile', profile };
  if (found('sRGB')) return { by: 'srgb', overruled };
  const gama = found('gAMA');
  const measured = gama && measuredColourSpace(gama, found('cHRM'));
  if (measured) return measured === 'srgb' ? { by: 'srgb', overruled } : { by: 'chunks', space: measured };
  return { by: 'nothing', overruled };
}

/** @returns `undefined` if the profile is damaged or of another kind of image. */
function readProfile(iccp: Uint8Array, grey: boolean): ColourProfile | undefined {
  const icc = inflatedProfile(iccp);
  if (icc === undefined || icc === 'too large') return icc && 'other';
  if (icc.toString('latin1', 36, 40) !== 'acsp') return undefined;
  if (icc.toString('latin1', 16, 20) !== (grey ? 'GRAY' : 'RGB ')) return undefined;
  // A greyscale image has a greyscale profile, which is never sRGB.
  return grey ? 'other' : classifyProfile(icc);
}

/** The profile in an iCCP chunk. @returns `undefined` if it is damaged. */
export function inflatedProfile(iccp: Uint8Array): Buffer | 'too large' | undefined {
  // A name of at most 79 bytes, a zero, the compression method, and the deflated profile (11.3.2.3).
  const nameEnd = iccp.indexOf(0);
  if (nameEnd < 1 || nameEnd > 79 || iccp[nameEnd + 1] !== 0) return undefined;
  try {
    return inflateSync(iccp.subarray(nameEnd + 2), { maxOutputLength: maxProfileBytes });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : undefined;
  }
}
