import { choosePath } from '../../../codecs/jpeg/choose-path.ts';
import { type JpegHeader, readJpegHeader } from '../../../codecs/jpeg/jpeg-header.ts';
import { JpegKernel } from '../../../codecs/jpeg/jpeg-kernel.ts';
import { boxesOf } from '../../../shared/boxes.ts';
import type { WrittenFormat } from '../../../shared/choices.ts';
import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Rendition } from './sharp-thumbnail.ts';

/** One kernel a worker thread: its memory is where files are read to. */
export const kernel = new JpegKernel();

export interface KernelRendering {
  /** In the kernel's memory: valid until its next image. */
  readonly renditions: readonly Rendition[];
  readonly warning?: string;
}

/**
 * Makes thumbnails of a JPEG file whose bytes have been put into `kernel.input()`.
 * @param turned the orientation, where the bytes do not tell it themselves.
 * @returns `undefined` where the image is for sharp.
 * @throws ItemError when the file is damaged or has too many pixels.
 */
export function kernelThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
  turned?: JpegHeader['orientation'],
): KernelRendering | undefined {
  if (format !== 'jpeg') return undefined;
  const header = readJpegHeader(bytes);
  if (!header || choosePath(header, format).via === 'sharp') return undefined;
  if (header.frame) checkPixels(header.frame, name, recipe.maxPixels);
  const { fit, quality, fast, tolerant } = recipe;
  const result = kernel.thumbnails({
    size: bytes.length,
    targets: boxesOf(recipe).map((box) => ({ box, fit, quality })),
    orientation: turned ?? header.orientation,
    fast,
    tolerant,
  });
  switch (result.status) {
    case 'ok':
      return {
        renditions: result.outputs.map(({ bytes: data, width, height }) => ({ data, width, height })),
        ...(result.warning !== undefined && { warning: result.warning }),
      };
    case 'refused':
      return undefined;
    case 'failed':
      throw new ItemError(result.code, `${name} is damaged. ${result.message}`);
  }
}

/** @throws ItemError `TOO_MANY_PIXELS`, before anything is decoded. */
export function checkPixels(
  { width, height }: { readonly width: number; readonly height: number },
  name: string,
  maxPixels: number,
  cause?: unknown,
): void {
  if (width * height <= maxPixels) return;
  throw new ItemError(
    'TOO_MANY_PIXELS',
    `${name} has ${width}×${height} pixels, more than the ${maxPixels} that are allowed.`,
    { cause },
  );
}
