import type { ColourChoice } from '../../shared/settings/choices.ts';
import type { WebpHeader } from '../headers/webp-header.ts';
import { type Path, whyNotConverted } from '../jpeg/choose-path.ts';

/** Decoded, all pixels lie in memory at once, for a moment three times. sharp reads them piece by piece. */
const mostDecodedBytes = 32 * 1024 * 1024;

/**
 * Decides who decodes a WebP file: our codec what it does exactly as sharp, and sharp everything else. Damaged files go
 * to sharp, too: it names the fault or, on request, reads as far as it can.
 * @param header `undefined` if there is none that can be read.
 * @param colour what becomes of the colours: our codec converts none.
 */
export function chooseWebpPath(header: WebpHeader | undefined, colour: ColourChoice = 'srgb'): Path {
  const reason = header ? whyNot(header, colour) : 'its header is damaged';
  return reason === undefined ? { via: 'kernel' } : { via: 'sharp', reason };
}

function whyNot({ width, height, animated, profile }: WebpHeader, colour: ColourChoice): string | undefined {
  if (animated) return 'it is an animation';
  if (width * height * 4 > mostDecodedBytes) return 'it is too large to be decoded at once';
  return whyNotConverted(profile, colour);
}
