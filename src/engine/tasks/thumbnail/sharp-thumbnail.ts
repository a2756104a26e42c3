import sharp, { type Sharp, type SharpOptions } from 'sharp';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../plan/output-name.ts';

// One thread an image: the pool already works on as many images as it should. Nothing is asked for twice.
sharp.concurrency(1);
sharp.cache(false);

/** A decoder that has not ended by then is taken for stuck, in seconds. */
const timeout = 120;

export interface Rendered {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Options that both making a thumbnail and finding out why that failed read an image with. */
export function readOptions(recipe: ThumbnailRecipe): SharpOptions {
  // Errors and truncation end the image; mere warnings (an odd metadata block) do not.
  return { failOn: 'error', limitInputPixels: recipe.maxPixels, autoOrient: true, sequentialRead: true };
}

/**
 * Makes a thumbnail with sharp: first frame, EXIF orientation applied, colours through the embedded profile to
 * sRGB, metadata dropped, never enlarged; what is transparent becomes white where the format has no transparency.
 */
export async function sharpThumbnail(
  input: string | Uint8Array,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendered> {
  const { box, fit } = recipe;
  const opaque = format === 'jpeg';
  const image = sharp(input, readOptions(recipe))
    .timeout({ seconds: timeout })
    .resize({
      width: box.width,
      height: box.height,
      fit,
      withoutEnlargement: true,
      background: opaque ? '#ffffff' : { r: 255, g: 255, b: 255, alpha: 0 },
    });
  if (opaque) image.flatten({ background: '#ffffff' });
  const { data, info } = await encode(image, format, recipe.quality).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function encode(image: Sharp, format: WrittenFormat, quality: number): Sharp {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality });
    case 'png':
      return image.png();
    case 'webp':
      return image.webp({ quality });
    case 'avif':
      return image.avif({ quality });
    case 'gif':
      return image.gif();
    case 'tiff':
      return image.tiff({ compression: 'lzw' });
  }
}
