import { ItemError } from '../../../../shared/failure.ts';

/** Checks the number of pixels before anything is decoded. @throws ItemError `TOO_MANY_PIXELS` */
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
