import type { WebpHeader } from '../headers/webp-header.ts';
import type { Path } from '../jpeg/choose-path.ts';

/** Decoded, all pixels lie in memory at once, for a moment three times. sharp reads them piece by piece. */
const mostDecodedBytes = 32 * 1024 * 1024;

/**
 * Decides who decodes a WebP file: our codec what it does exactly as sharp, and sharp everything else. Damaged files go
 * to sharp, too: it names the fault or, on request, reads as far as it can.
 * @param header `undefined` if there is none that can be read.
 */
export function chooseWebpPath(header: WebpHeader | undefined): Path {
  const reason = header ? whyNot(header) : 'its header is damaged';
  return reason === undefined ? { via: 'kernel' } : { via: 'sharp', reason };
}

function whyNot({ width, height, animated, profile }: WebpHeader): string | undefined {
  if (animated) return 'it is an animation';
  if (profile === 'other') return 'its colour profile is not sRGB';
  if (width * height * 4 > mostDecodedBytes) return 'it is too large to be decoded at once';
  return undefined;
}
