import { readJpegHeader } from '../../../../codecs/jpeg/jpeg-header.ts';
import { jpegMetadata } from '../../../../codecs/metadata/jpeg-metadata.ts';
import type { Described } from './described.ts';

/** A JPEG with what it says. */
export function describedJpeg(bytes: Uint8Array): Described {
  const components = readJpegHeader(bytes)?.frame?.components.length;
  const colours = components === 3 ? 'rgb' : components === 1 ? 'grey' : 'other';
  return { ...jpegMetadata(bytes), colours };
}
