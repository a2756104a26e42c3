import { readSync } from 'node:fs';
import type { SmallRaster } from '../../../codecs/common/raster.ts';
import { choosePath } from '../../../codecs/jpeg/choose-path.ts';
import {
  JpegCodec,
  type JpegErrorCode,
  type JpegOutput,
  type JpegRequest,
  type JpegResult,
} from '../../../codecs/jpeg/jpeg-codec.ts';
import { fillJunk, type JpegHeader, readJpegHeader } from '../../../codecs/jpeg/jpeg-header.ts';
import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { assertAllFit } from './image/output-limit.ts';
import { assertPixels } from './image/pixel-limit.ts';
import { type Rendering, type Rendition, withQualities } from './image/rendering.ts';
import { drawnFit } from './pixels/drawn-fit.ts';

export interface JpegRendering extends Omit<Rendering, 'via'> {
  /** In the codec's memory: valid until the next image is loaded. */
  readonly renditions: readonly Rendition[];
}

interface JpegRasters {
  /** One for each size, in the order of the recipe's boxes. */
  readonly rasters: readonly SmallRaster[];
  /** The same thumbnails as JPEG files, if they were wanted, too: in the codec's memory, as those of a `JpegRendering`. */
  readonly renditions?: readonly Rendition[];
  readonly warning?: string;
}

/** What there is to say of a JPEG image's damage, whoever makes its thumbnails. */
export type JpegJudgement =
  | { readonly kind: 'whole' }
  /** The file is damaged, but all pixels are there. `warning`: the one that `render` gives. */
  | { readonly kind: 'harmless'; readonly warning: string }
  /**
   * Pixels are missing or doubtful. `message`: that of the error that `render` throws. `warning`: the one that it gives
   * with `tolerant`, without the image's name, which whoever tells a warning puts before it.
   */
  | {
      readonly kind: 'damaged';
      readonly code: JpegErrorCode;
      readonly message: string;
      readonly warning: string;
    }
  /** The codec cannot say: it is no JPEG, of a kind that it does not read, too large or of too many pixels. */
  | { readonly kind: 'unknown' };

/** Larger files, in bytes, go to sharp: the codec would have to hold them completely. */
const holdUpToBytes = 64 * 1024 * 1024;

/**
 * The JPEG codec of a thread, and the one image in its memory. That memory is not shared with other code, because views
 * of it are detached when it grows.
 */
export class JpegThumbnailer {
  readonly #codec = new JpegCodec();
  /** The size of the held image, in bytes. */
  #length = 0;
  /** How often thumbnails were made: what the codec holds of one is gone with the next. */
  #made = 0;

  /**
   * Reads an open file into the codec's memory.
   * @returns false if it is too large; nothing is held then.
   */
  holdFile(file: number, size: number): boolean {
    this.#length = 0;
    const place = size <= holdUpToBytes ? this.#codec.input(size) : undefined;
    if (!place) return false;
    let read = 0;
    while (read < size) {
      const bytes = readSync(file, place, read, size - read, null);
      if (bytes === 0) break;
      read += bytes;
    }
    this.#length = read;
    return true;
  }

  /** Copies bytes into the codec's memory, like `holdFile`. */
  holdBytes(bytes: Uint8Array): boolean {
    const place = this.#codec.input(bytes.length);
    this.#length = place ? bytes.length : 0;
    place?.set(bytes);
    return place !== undefined;
  }

  /** A copy of the held image, for other code to work on. */
  copy(): Buffer | undefined {
    const held = this.#codec.file();
    return held && Buffer.from(held.subarray(0, this.#length));
  }

  /** The same without the junk between its segments, which other decoders stumble over. */
  copyWithoutJunk(): Buffer | undefined {
    const copy = this.copy();
    if (copy) fillJunk(copy);
    return copy;
  }

  /**
   * Makes JPEG thumbnails of the held image.
   * @param turned the orientation, if the bytes do not contain it.
   * @returns `undefined` if the image has to go to sharp.
   * @throws ItemError if the file is damaged or has too many pixels.
   */
  render(
    name: string,
    recipe: ThumbnailRecipe,
    turned?: JpegHeader['orientation'],
  ): JpegRendering | undefined {
    const made = this.#make(name, recipe, turned, (request) => this.#codec.thumbnails(request));
    if (!made) return undefined;
    const { outputs, ...told } = made;
    return {
      renditions: outputs.map((file, index) => this.#renditionOf(file, index, recipe)),
      ...told,
    };
  }

  /**
   * Makes the pixels of thumbnails of the held image, for another format.
   * @returns `undefined` if the image has to go to sharp.
   * @throws ItemError as `render` does, or if they are larger than the format can hold.
   */
  rasters(
    name: string,
    recipe: ThumbnailRecipe,
    formats: WrittenFormats,
    turned?: JpegHeader['orientation'],
  ): JpegRasters | undefined {
    const made = this.#make(name, recipe, turned, (request) => this.#codec.rasters(request), formats);
    if (!made) return undefined;
    const { outputs, ...told } = made;
    // Copies: while one is encoded, the codec may be given another image.
    return { rasters: outputs.map(copied), ...told };
  }

  /**
   * The same together with JPEG thumbnails, from one decode.
   * @throws ItemError as `rasters` does.
   */
  rastersAndFiles(
    name: string,
    recipe: ThumbnailRecipe,
    formats: WrittenFormats,
    turned?: JpegHeader['orientation'],
  ): JpegRasters | undefined {
    const made = this.#make(name, recipe, turned, (request) => this.#codec.filesAndPixels(request), formats);
    if (!made) return undefined;
    const { outputs, ...told } = made;
    return {
      renditions: outputs.map(({ file }, index) => this.#renditionOf(file, index, recipe)),
      rasters: outputs.map(({ pixels }) => copied(pixels)),
      ...told,
    };
  }

  #renditionOf({ bytes: data, ...told }: JpegOutput, index: number, recipe: ThumbnailRecipe): Rendition {
    const made = this.#made;
    return withQualities({ data, ...told, format: 'jpeg' }, recipe, (quality) => {
      if (this.#made !== made) throw new Error('Another image has been made since.');
      return this.#codec.encodeAgain(index, quality);
    });
  }

  #make<Output>(
    name: string,
    recipe: ThumbnailRecipe,
    turned: JpegHeader['orientation'] | undefined,
    make: (request: JpegRequest) => JpegResult<Output>,
    formats?: WrittenFormats,
  ): { outputs: readonly Output[]; warning?: string } | undefined {
    const bytes = this.#codec.file()?.subarray(0, this.#length);
    const header = bytes && readJpegHeader(bytes);
    if (!header || choosePath(header, recipe.colour).via === 'sharp') return undefined;
    // There is a gain map to keep.
    if (recipe.keep !== 'none') return undefined;
    if (header.frame) assertPixels(header.frame, name, recipe.maxPixels);
    if (header.frame && formats) {
      assertAllFit(header.frame, header.orientation, boxesOf(recipe), recipe.fit, formats);
    }
    this.#made += 1;
    const result = make(requestFor(bytes, header, recipe, turned));
    switch (result.status) {
      case 'ok':
        return {
          outputs: result.outputs,
          ...(result.warning !== undefined && { warning: result.warning }),
        };
      case 'refused':
        return undefined;
      case 'failed':
        throw new ItemError(result.code, messageOf(name, result.message));
    }
  }

  /**
   * Finds out whether the held image is damaged, for thumbnails that sharp makes for the image's colours. All its data is
   * decoded, but no pixels are, and the verdict is that of `render`.
   */
  judge(name: string, recipe: ThumbnailRecipe): JpegJudgement {
    const bytes = this.#codec.file()?.subarray(0, this.#length);
    const header = bytes && readJpegHeader(bytes);
    if (!header) return { kind: 'unknown' };
    const { width = 0, height = 0 } = header.frame ?? {};
    if (width * height > recipe.maxPixels) return { kind: 'unknown' };
    const verdict = this.#codec.judge(requestFor(bytes, header, recipe));
    switch (verdict.status) {
      case 'whole':
        return verdict.warning === undefined
          ? { kind: 'whole' }
          : { kind: 'harmless', warning: verdict.warning };
      case 'damaged':
        return {
          kind: 'damaged',
          code: verdict.code,
          message: messageOf(name, verdict.message),
          warning: verdict.message,
        };
      case 'refused':
        return { kind: 'unknown' };
    }
  }
}

function copied(raster: SmallRaster): SmallRaster {
  return { ...raster, pixels: raster.pixels.slice() };
}

function requestFor(
  bytes: Uint8Array,
  header: JpegHeader,
  recipe: ThumbnailRecipe,
  turned?: JpegHeader['orientation'],
): JpegRequest {
  const { position, quality, fast, tolerant } = recipe;
  const fit = drawnFit(recipe);
  return {
    size: bytes.length,
    targets: boxesOf(recipe).map((box) => ({ box, fit, position, quality })),
    orientation: turned ?? header.orientation,
    fast,
    tolerant,
  };
}

function messageOf(name: string, message: string): string {
  return `${name} is damaged. ${message}`;
}
