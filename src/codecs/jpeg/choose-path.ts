import type { ColourChoice } from '../../shared/settings/choices.ts';
import type { ColourProfile } from '../common/icc-profile.ts';
import type { JpegFrame, JpegHeader } from './jpeg-header.ts';

export type Path = { readonly via: 'kernel' } | { readonly via: 'sharp'; readonly reason: string };

const kernel: Path = { via: 'kernel' };

/**
 * Decides who decodes a JPEG file: the kernel what it can do exactly, sharp for everything else. `header` is
 * `undefined` if the file is no JPEG. A JPEG file without a frame header goes to the kernel, which fails with the right
 * code.
 * @param colour what becomes of the colours: the kernel converts none.
 */
export function choosePath(header: JpegHeader | undefined, colour: ColourChoice = 'srgb'): Path {
  if (!header) return sharp('it is not a JPEG file');
  if (!header.frame) return kernel;
  const reason = whyNot(header, header.frame) ?? whyNotConverted(header.profile, colour);
  return reason === undefined ? kernel : sharp(reason);
}

function sharp(reason: string): Path {
  return { via: 'sharp', reason };
}

function whyNot(header: JpegHeader, frame: JpegFrame): string | undefined {
  switch (frame.process) {
    case 'lossless':
    case 'hierarchical':
    case 'arithmetic':
    case 'JPEG-LS':
      return `its coding is ${frame.process}`;
    case 'baseline':
    case 'extended':
    case 'progressive':
      break;
  }
  if (frame.precision !== 8) return `its samples have ${frame.precision} bits`;
  if (frame.components.length === 4) return 'its colours are CMYK';
  if (frame.components.length !== 1 && frame.components.length !== 3) {
    return `it has ${frame.components.length} components`;
  }
  if (isRgb(header, frame)) return 'its colours are coded as RGB';
  return undefined;
}

/** Why sharp has to convert colours that no more than a profile tells. */
export function whyNotConverted(profile: ColourProfile, colour: ColourChoice): string | undefined {
  if (colour === 'p3') return 'its colours become Display P3';
  return colour === 'srgb' && profile === 'other' ? 'its colour profile is not sRGB' : undefined;
}

/** libjpeg's rule: JFIF means YCbCr; otherwise Adobe's marker decides, and then the components' names. */
function isRgb(header: JpegHeader, frame: JpegFrame): boolean {
  if (frame.components.length !== 3 || header.jfif) return false;
  if (header.adobeTransform !== undefined) return header.adobeTransform === 0;
  return frame.components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB';
}
