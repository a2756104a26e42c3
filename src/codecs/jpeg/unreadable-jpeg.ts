import type { JpegFrame, JpegHeader } from './jpeg-header.ts';

/**
 * Why nobody here reads a JPEG file that is valid: neither the kernel nor libjpeg-turbo as sharp brings it.
 * @returns what the file does, to be put after its name ("has samples of 12 bits"), or `undefined` if it can be read,
 *   or if its header does not tell.
 */
export function unreadableJpeg({ frame }: JpegHeader): string | undefined {
  if (!frame) return undefined;
  return unreadableProcess(frame) ?? unreadableSamples(frame);
}

function unreadableProcess({ process, precision }: JpegFrame): string | undefined {
  switch (process) {
    case 'lossless':
      // libjpeg-turbo has it, but libvips has it shrink the image while it decodes, which takes a corner of it.
      return 'is a lossless JPEG (T.81 process 14)';
    case 'hierarchical':
      return 'is a hierarchical JPEG';
    case 'JPEG-LS':
      return 'is a JPEG-LS';
    case 'baseline':
    case 'extended':
    case 'progressive':
    case 'arithmetic':
      // The only other number that T.81 table B.2 allows: any other is damage.
      return precision === 12 ? 'has samples of 12 bits' : undefined;
  }
}

function unreadableSamples({ height, components }: JpegFrame): string | undefined {
  if (height === 0) return 'tells its height only after its image data (DNL)';
  const count = components.length;
  return count === 2 || count > 4 ? `has ${count} components, where 1, 3 or 4 can be read` : undefined;
}
