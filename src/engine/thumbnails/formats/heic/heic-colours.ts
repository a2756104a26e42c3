import { matrixProfile } from '../../../../codecs/common/matrix-profile.ts';
import { codedColourSpace } from '../../../../codecs/png/code-points.ts';
import { type Address, type Libheif, LibheifError } from './libheif.ts';

/** The colours of a picture by code points of ITU-T H.273, as a `colr` box of the type nclx has them. */
export interface CodedColours {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly fullRange: boolean;
}

/** More than that is no profile, but an attempt to use up memory. */
const mostProfileBytes = 16 * 1024 * 1024;

/** The ICC profile that a picture has. @throws LibheifError if it cannot be read. */
export function iccProfileOf(libheif: Libheif, handle: Address): Uint8Array | undefined {
  const { functions } = libheif;
  const length = functions._heif_image_handle_get_raw_color_profile_size(handle);
  if (length <= 0 || length > mostProfileBytes) return undefined;
  return libheif.copy(length, (error, to) =>
    functions._heif_image_handle_get_raw_color_profile(error, handle, to),
  );
}

/** What hands out an nclx profile: of a picture before it is decoded, or after. */
type Given = (error: Address, to: Address) => void;

export function codedColoursOf(libheif: Libheif, give: Given): CodedColours | undefined {
  try {
    const at = libheif.obtain(give);
    const colours = {
      primaries: libheif.number(at + 4),
      transfer: libheif.number(at + 8),
      matrix: libheif.number(at + 12),
      fullRange: libheif.functions.HEAPU8[at + 16] !== 0,
    };
    libheif.functions._heif_nclx_color_profile_free(at);
    return colours;
  } catch (error) {
    // It has none.
    if (error instanceof LibheifError) return undefined;
    throw error;
  }
}

/** The curves of video. Who writes them for photographs, and who shows them, means sRGB's: a display's, not a camera's. */
const curvesOfVideo: ReadonlySet<number> = new Set([1, 6, 14, 15]);
const sRgb = 13;
/** What is not told: as most pictures are. */
const unspecified = 2;
const bt709 = 1;

const usual: CodedColours = {
  primaries: unspecified,
  transfer: unspecified,
  matrix: unspecified,
  fullRange: true,
};

/** The code points that are meant. */
function meantBy({ primaries, transfer }: CodedColours): { readonly places: number; readonly curve: number } {
  const isUsual = transfer === unspecified || curvesOfVideo.has(transfer);
  return { places: primaries === unspecified ? bt709 : primaries, curve: isUsual ? sRgb : transfer };
}

export function areSameColours(one: CodedColours, other: CodedColours = usual): boolean {
  const [a, b] = [meantBy(one), meantBy(other)];
  return a.places === b.places && a.curve === b.curve;
}

/** A profile for coded colours; `undefined` where they are sRGB, or tell nothing. */
export function profileOfCodes(colours: CodedColours): Uint8Array | undefined {
  const { places, curve } = meantBy(colours);
  const space = codedColourSpace(Uint8Array.of(places, curve, 0, 1));
  return space === undefined || space === 'srgb' ? undefined : matrixProfile(space, false);
}
