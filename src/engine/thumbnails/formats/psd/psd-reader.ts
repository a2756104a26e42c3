import type { Size } from '../../../../codecs/common/geometry.ts';
import { classifyProfile } from '../../../../codecs/common/icc-profile.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { isJpeg } from '../../../../codecs/jpeg/jpeg-header.ts';
import { ItemError } from '../../../../shared/failure.ts';
import type { PictureReader } from '../picture-reader.ts';
import { type PsdHeader, readPsdHeader, resourceOf } from './psd-header.ts';
import { flatPicture } from './psd-pixels.ts';

/** The numbers of resources: the small picture, the colours' profile, what the version says, EXIF and XMP. */
const THUMBNAIL = 1036;
const PROFILE = 1039;
const VERSION = 1057;
const EXIF = 1058;
const XMP = 1060;
const thumbnailHeaderBytes = 28;

/** Photoshop's PSD and PSB: the flat picture that they contain, or the small one where that suffices. */
export const psdReader: PictureReader = {
  open(file, { name }) {
    const header = readPsdHeader(file, name);
    const { size } = header;
    const profile = resourceOf(file, header, PROFILE);
    const isManaged = header.mode === 'rgb' || header.mode === 'grey';
    return {
      size,
      orientation: 1,
      profile: isManaged && header.depth !== 32 ? profile : undefined,
      exif: resourceOf(file, header, EXIF),
      xmp: resourceOf(file, header, XMP),
      pixels: (suffices) => {
        const small = smallPicture(file, header, profile);
        if (small && suffices(small.size)) return { kind: 'jpeg', bytes: small.bytes };
        // The second number of the version: whether the flat picture is real.
        if (resourceOf(file, header, VERSION)?.[4] === 0) {
          throw new ItemError(
            'NO_FLAT_PICTURE',
            `${name} was saved without a flat picture of its layers, which is all that Shoal reads.`,
          );
        }
        return flatPicture(header, file, name, profile);
      },
      close: () => {},
    };
  },
};

/** What Photoshop keeps for file managers, if it shows the picture as it is: opaque, and in sRGB. */
function smallPicture(
  file: FileBytes,
  header: PsdHeader,
  profile: Uint8Array | undefined,
): { readonly size: Size; readonly bytes: Uint8Array } | undefined {
  const { size, mode, hasAlpha } = header;
  if (hasAlpha || mode !== 'rgb' || (profile && classifyProfile(profile) === 'other')) return undefined;
  const resource = resourceOf(file, header, THUMBNAIL);
  if (!resource || resource.length < thumbnailHeaderBytes) return undefined;
  const view = new DataView(resource.buffer, resource.byteOffset, resource.byteLength);
  const bytes = resource.subarray(thumbnailHeaderBytes);
  if (view.getUint32(0) !== 1 || !isJpeg(bytes)) return undefined;
  const own = { width: view.getUint32(4), height: view.getUint32(8) };
  const skew = Math.abs(own.width * size.height - own.height * size.width);
  return skew <= Math.max(size.width, size.height) ? { size: own, bytes } : undefined;
}
