import { endOfSubBlocks, readGifHeader } from '../../../../codecs/headers/gif-header.ts';
import { withFileBytes } from '../../formats/with-file-bytes.ts';

/**
 * A frame of one transparent pixel in the lower right corner, and the trailer: a graphic control extension, an image
 * descriptor, and the LZW codes for clear, 0 and end.
 */
function transparentFrame(width: number, height: number): Buffer {
  const frame = Buffer.from('21f90401000000002c0000000001000100000202440100' + '3b', 'hex');
  frame.writeUInt16LE(width - 1, 9);
  frame.writeUInt16LE(height - 1, 11);
  return frame;
}

/**
 * The GIF to decode. Where the first frame leaves a part of the screen free, that part is transparent (GIF89a,
 * Appendix D, leaves it to the reader; browsers do so). libvips makes it black, unless some frame has a transparent
 * colour: so one is put after the first frame, in the place of all others, which no thumbnail shows.
 */
export function gifToDecode(source: string | Uint8Array): string | Uint8Array {
  const first = withFileBytes(source, (file) => {
    const header = readGifHeader(file);
    if (!header) return undefined;
    const { screen, frame, transparent } = header;
    const covers =
      frame.left === 0 && frame.top === 0 && frame.width >= screen.width && frame.height >= screen.height;
    const isEmpty = screen.width === 0 || screen.height === 0;
    if (covers || transparent || isEmpty) return undefined;
    // A file that ends within its first frame is left as it is: it has to be told.
    const end = endOfSubBlocks(file, header.dataAt);
    if (end === undefined) return undefined;
    return Buffer.concat([file.read(0, end), transparentFrame(screen.width, screen.height)]);
  });
  return first ?? source;
}
