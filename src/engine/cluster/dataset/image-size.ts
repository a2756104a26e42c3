import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';
import { readGifHeader } from '../../../codecs/headers/gif-header.ts';
import { readTiffHeader } from '../../../codecs/headers/tiff-header.ts';
import { readWebpHeader } from '../../../codecs/headers/webp-header.ts';
import { mostHeaderBytes, readJpegHeader } from '../../../codecs/jpeg/jpeg-header.ts';
import { readPngStart } from '../../../codecs/png/png-header.ts';
import { sniffImage } from '../../../shared/image-formats.ts';

/** What an image file's beginning tells. */
export interface ImageFacts {
  /** The extension of its format, without the dot; absent if it is no known image. */
  readonly extension?: string;
  /** In pixels, as stored: not turned. Absent where the header does not tell. */
  readonly width?: number;
  readonly height?: number;
}

/** How many bytes a signature has at most. */
const signatureBytes = 4_096;

export function imageFacts(file: FileBytes): ImageFacts {
  const format = sniffImage(file.read(0, signatureBytes));
  const size = sizeOf(format?.name, file);
  const extension = format?.extensions[0] ?? format?.renamed?.[0];
  return { ...(extension !== undefined && { extension }), ...size };
}

function sizeOf(format: string | undefined, file: FileBytes): Pick<ImageFacts, 'width' | 'height'> {
  try {
    const size = headerSize(format, file);
    return size && size.width > 0 && size.height > 0 ? { width: size.width, height: size.height } : {};
  } catch {
    // A header that is damaged tells no size.
    return {};
  }
}

function headerSize(
  format: string | undefined,
  file: FileBytes,
): { readonly width: number; readonly height: number } | undefined {
  switch (format) {
    case 'JPEG':
      return readJpegHeader(file.read(0, mostHeaderBytes))?.frame;
    case 'PNG':
      return readPngStart(file)?.image;
    case 'GIF':
      return readGifHeader(file)?.screen;
    case 'WebP':
      return readWebpHeader(file);
    case 'TIFF':
      return readTiffHeader(file);
    default:
      return undefined;
  }
}
