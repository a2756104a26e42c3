import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';
import { formatOfExtension, headBytes, type ImageFormat, sniffImage } from '../../../shared/image-formats.ts';
import { isRawTiff } from './raw-tiff.ts';

/**
 * The format of a file by its content. Beyond what its first bytes tell, a TIFF is a raw photo where its directories say
 * so, whatever its name.
 * @param extension that of its name, in lower case and without the dot.
 */
export function formatOfContent(file: FileBytes, extension: string): ImageFormat | undefined {
  const format = sniffImage(file.read(0, headBytes), extension);
  return format?.name === 'TIFF' && isRawTiff(file) ? formatOfExtension('dng') : format;
}
