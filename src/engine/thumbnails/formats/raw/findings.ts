import type { Orientation, Size } from '../../../../codecs/common/geometry.ts';
import type { Directory } from '../../../../codecs/headers/tiff-directories.ts';

/** The colour spaces that cameras and DNG name; absent: not told, which means sRGB. */
export type Colours = 'srgb' | 'adobe-rgb' | 'prophoto-rgb';

/** Where a JPEG may be: whether there is one is seen when it is read. */
export interface JpegPlace {
  readonly at: number;
  readonly length: number;
  readonly colours?: Colours | undefined;
}

/** Pixels of three bytes each, in pieces that follow each other from the top. */
export interface RgbPlace {
  readonly size: Size;
  readonly strips: readonly { readonly at: number; readonly length: number }[];
}

/** More than any camera puts into a file. */
const mostPlaces = 64;

/** What a walk through a raw photo has found. */
export class Findings {
  readonly jpegs: JpegPlace[] = [];
  readonly rgbs: RgbPlace[] = [];
  /** The size of the largest picture that a directory tells, which mostly is the sensor's. */
  size: Size | undefined;
  orientation: Orientation | undefined;
  colours: Colours | undefined;
  /** The directories that tell of the photo: the first of each kind. */
  readonly told: Record<'first' | 'exif' | 'gps', Directory | undefined> = {
    first: undefined,
    exif: undefined,
    gps: undefined,
  };

  addJpeg(at: number, length: number, colours?: Colours): void {
    if (length < 4 || this.jpegs.length >= mostPlaces) return;
    const known = this.jpegs.find((place) => place.at === at);
    if (!known) this.jpegs.push({ at, length, colours });
  }

  addRgb(place: RgbPlace): void {
    if (this.rgbs.length < mostPlaces) this.rgbs.push(place);
  }

  addSize(width: number | undefined, height: number | undefined): void {
    if (!width || !height) return;
    if (!this.size || width * height > this.size.width * this.size.height) this.size = { width, height };
  }

  /** The first one counts. */
  addOrientation(value: number | undefined): void {
    if (value !== undefined && value >= 1 && value <= 8) this.orientation ??= value as Orientation;
  }

  addColours(colours: Colours | undefined): void {
    this.colours ??= colours;
  }
}
