import { ItemError } from '../../../shared/failure.ts';

/** @throws ItemError `TOO_MANY_PIXELS`, before anything is decoded. */
export function assertPixels(
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
