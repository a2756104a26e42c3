import { fitToBox } from '../../../../codecs/common/geometry.ts';
import type { Raster, SmallRaster } from '../../../../codecs/common/raster.ts';
import { meanColour, overlaid, padded, regionOf } from '../../../../codecs/common/raster-work.ts';
import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import type { Box } from '../../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../../shared/settings/choices.ts';
import { type Colour, colourOf } from '../../../../shared/settings/css-colour.ts';

/** Without a background. */
const white: Colour = { red: 255, green: 255, blue: 255, alpha: 255 };
const nothing: Colour = { ...white, alpha: 0 };

/**
 * Does what is left to do to the pixels of a thumbnail that was drawn with `drawnFit`: one implementation for all
 * decoders. What the pixels decide is found by libvips on the small image, and cut here, so that sizes are those of
 * `fitToBox`.
 */
export async function finishRaster(
  drawn: Raster,
  box: Box,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<SmallRaster> {
  const { fit, position, background, sharpen } = recipe;
  let raster = drawn;
  const {
    canvasWidth: width,
    canvasHeight: height,
    offsetX,
    offsetY,
  } = fitToBox(drawn, 1, box, fit, position);
  if (
    (position === 'attention' || position === 'entropy') &&
    (raster.width > width || raster.height > height)
  ) {
    const { cropPlace } = await import('./sharp-pixels.ts');
    const corner = await cropPlace(raster, { width, height }, position);
    raster = regionOf(raster, { ...corner, width, height });
  }
  if (sharpen > 0) {
    const { sharpened } = await import('./sharp-pixels.ts');
    raster = await sharpened(raster, sharpen);
  }
  if (fit === 'contain') {
    const given = background === undefined ? nothing : colourOf(background);
    // Nothing shows through a JPEG.
    const colour = format === 'jpeg' ? overlaid(given, white) : given;
    raster = padded(raster, { width, height, left: offsetX, top: offsetY }, colour);
  }
  return { ...raster, colour: meanColour(raster) };
}
