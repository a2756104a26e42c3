import { readFileSync } from 'node:fs';
import sharp, { type SharpOptions } from 'sharp';
import type { Orientation } from '../../../../codecs/common/geometry.ts';
import { readWebpHeader } from '../../../../codecs/headers/webp-header.ts';
import { isJpeg, mostHeaderBytes, readJpegHeader } from '../../../../codecs/jpeg/jpeg-header.ts';
import { isPng } from '../../../../codecs/png/chunks.ts';
import { mostSvgBytes, plainSvg } from '../../formats/plain-svg.ts';
import { withFileBytes } from '../../formats/with-file-bytes.ts';
import { gifToDecode } from './gif-input.ts';
import { pngToDecode } from './png-input.ts';
import type { PreparedImage } from './prepared-image.ts';
import { svgToDecode } from './svg-input.ts';
import { tiffToDecode } from './tiff-input.ts';

/**
 * Finds out of what kind an image is, how large and how it is turned, by our own header readers, so that this never
 * depends on who decodes it. sharp is asked only for kinds that we have no reader for.
 * @throws what sharp throws for an image that it cannot read.
 */
export async function prepareImage(
  source: string | Uint8Array,
  options: SharpOptions,
): Promise<PreparedImage> {
  const head = withFileBytes(source, (file) => file.read(0, 16));
  const beginning = Buffer.from(head).toString('latin1');
  if (isJpeg(head)) return jpegToDecode(source) ?? byMetadata(source, options);
  if (isPng(head)) return (await pngToDecode(source, options)) ?? byMetadata(source, options);
  if (beginning.startsWith('RIFF')) return webpToDecode(source) ?? byMetadata(source, options);
  if (beginning.startsWith('GIF8')) return byMetadata(gifToDecode(source), options);
  if (/^(II|MM)/.test(beginning)) return (await tiffToDecode(source, options)) ?? byMetadata(source, options);
  // Of what is read, only AVIF and drawings are left.
  return beginning.startsWith('ftyp', 4) ? byMetadata(source, options) : svgOrOther(source, options);
}

function jpegToDecode(source: string | Uint8Array): PreparedImage | undefined {
  const bytes =
    typeof source === 'string' ? withFileBytes(source, (file) => file.read(0, mostHeaderBytes)) : source;
  const header = readJpegHeader(bytes);
  const { frame } = header ?? {};
  if (!header || !frame || frame.width === 0 || frame.height === 0) return undefined;
  return { source, size: frame, orientation: header.orientation };
}

function webpToDecode(source: string | Uint8Array): PreparedImage | undefined {
  const header = withFileBytes(source, readWebpHeader);
  return header && { source, size: header, orientation: header.orientation };
}

async function svgOrOther(source: string | Uint8Array, options: SharpOptions): Promise<PreparedImage> {
  if (withFileBytes(source, ({ length }) => length) > mostSvgBytes) return byMetadata(source, options);
  const drawing = plainSvg(typeof source === 'string' ? readFileSync(source) : source);
  const { format } = await sharp(drawing, { ...options, limitInputPixels: false }).metadata();
  return format === 'svg' ? svgToDecode(drawing, options) : byMetadata(source, options);
}

async function byMetadata(source: string | Uint8Array, options: SharpOptions): Promise<PreparedImage> {
  const { width, height, orientation, space, hasProfile } = await sharp(source, options).metadata();
  // Its error may have been taken by another image that failed at the same moment: libvips has one buffer for all.
  if (!width || !height) throw new Error('The size of the image cannot be read.');
  return {
    source,
    size: { width, height },
    orientation: (orientation ?? 1) as Orientation,
    ...(space === 'rgb16' && hasProfile && { deepProfiled: true }),
  };
}
