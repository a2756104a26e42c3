import { isJpeg } from '../../../codecs/jpeg/jpeg-header.ts';
import { isPng } from '../../../codecs/png/chunks.ts';

/** Whether bytes within a file are an image of the formats that other formats contain. Asked, as anything may stand there. */
export function containsImage(bytes: Uint8Array): boolean {
  return isJpeg(bytes) || isPng(bytes);
}
