import type { Box } from '../../shared/settings/boxes.ts';
import type { Fit, Position } from '../../shared/settings/choices.ts';
import { fitToBox, type Geometry, type Orientation, placeInForm, type Size } from '../common/geometry.ts';
import type { Raster, SmallRaster } from '../common/raster.ts';
import type { Colours } from './colours.ts';
import { colourTypeCodes, type ImageHeader } from './png-header.ts';
import { type PngExports, pngModule } from './png-module.ts';

export interface PngRequest {
  readonly image: ImageHeader;
  /** The size of the picture of which the scanlines are a smaller form. Absent: they are the picture. */
  readonly whole?: Size;
  readonly colours: Colours;
  readonly orientation: Orientation;
  /** Whether it has an alpha channel of which is known that it says nothing: all pixels are opaque. */
  readonly opaque?: boolean;
  /** One to eight thumbnails, all from one pass over the image. */
  readonly boxes: readonly Box[];
  readonly fit: Fit;
  readonly position?: Position;
}

/** A thumbnail with eight bits a sample. */
export interface PngScanlines extends Omit<SmallRaster, 'pixels'> {
  /** Filtered scanlines (9.1), in the kernel's memory: valid until its next call. */
  readonly scanlines: Uint8Array<ArrayBuffer>;
}

export type PngInflated =
  /** The filtered scanlines of the image, in the kernel's memory: valid until its next call. */
  { readonly status: 'ok'; readonly scanlines: Uint8Array<ArrayBuffer> } | Refused;

type Made<Output> = { readonly status: 'ok'; readonly outputs: readonly Output[] } | Refused;

/** Not for the kernel; sharp makes the thumbnail, or reports what is wrong with the file. */
interface Refused {
  readonly status: 'refused';
  readonly reason: string;
}

/**
 * If an instance has more memory than this after an image, it is dropped: one large image must not keep it for good.
 */
const keepUpToBytes = 48 * 1024 * 1024;

const noMemory: Refused = { status: 'refused', reason: 'there is no memory' };

const mostBytes = 2 ** 31 - 1;

/** Beyond this reduction the weights of the resampling have too few bits. */
const MOST_REDUCED = 512;

/**
 * Turns an image's zlib datastream into the filtered scanlines of its thumbnails, synchronously. One per worker thread:
 *
 *   const inflated = codec.inflate(imageData, inflatedLength(image));
 *   if (inflated.status === 'ok') codec.thumbnails({ image, colours, orientation, boxes, fit });
 */
export class PngCodec {
  #kernel: PngExports | undefined;
  #outcomes: ReadonlyMap<number, string> | undefined;

  /**
   * Inflates a zlib datastream (10.1), given in parts, to `length` bytes of filtered scanlines. They stay in the codec's
   * memory, where `thumbnails` finds them and changes them.
   */
  inflate(parts: readonly Uint8Array[], length: number): PngInflated {
    const kernel = this.#instance();
    if (!kernel) return noMemory;
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    // What has no 32-bit length is too large by far.
    let to = kernel.input(Math.min(bytes, mostBytes), Math.min(length, mostBytes)) >>> 0;
    if (to === 0) return noMemory;
    const memory = new Uint8Array(kernel.memory.buffer);
    for (const part of parts) {
      memory.set(part, to);
      to += part.length;
    }
    const ended = this.#orForget(() => {
      const outcome = kernel.inflateInput();
      assertGuards(kernel);
      return outcome;
    });
    if (ended !== 0) return this.#refused(ended);
    return { status: 'ok', scanlines: this.#view(kernel, kernel.scanlinesAt() >>> 0, length) };
  }

  /**
   * Where to put filtered scanlines that need not be inflated, valid until the next call; `undefined` if there is no
   * memory for them.
   */
  scanlines(length: number): Uint8Array<ArrayBuffer> | undefined {
    const kernel = this.#instance();
    if (!kernel || kernel.input(0, Math.min(length, mostBytes)) === 0) return undefined;
    return this.#view(kernel, kernel.takeScanlines() >>> 0, length);
  }

  /** Thumbnails ready to be deflated. */
  thumbnails(request: PngRequest): Made<PngScanlines> {
    return this.#make(request, true, ({ pixels, ...raster }) => ({ scanlines: pixels, ...raster }));
  }

  /** Thumbnails for another encoder. Their pixels are in the kernel's memory: valid until its next call. */
  rasters(request: PngRequest): Made<SmallRaster> {
    return this.#make(request, false, (raster) => raster);
  }

  #make<Output>(
    request: PngRequest,
    filtered: boolean,
    outputOf: (raster: SmallRaster) => Output,
  ): Made<Output> {
    const kernel = this.#kernel;
    if (!kernel) return { status: 'refused', reason: 'there is no input' };
    return this.#orForget(() => {
      const made = this.#run(kernel, request, filtered);
      // What was made keeps it alive for as long as it is needed.
      if (this.memoryBytes > keepUpToBytes) this.#kernel = undefined;
      return made.status === 'ok' ? { status: 'ok', outputs: made.outputs.map(outputOf) } : made;
    });
  }

  /** The memory that the kernel holds, in bytes. */
  get memoryBytes(): number {
    return this.#kernel?.memory.buffer.byteLength ?? 0;
  }

  /** The kernel for the next image: a new one if the last one has grown too large. */
  #instance(): PngExports | undefined {
    if (this.memoryBytes > keepUpToBytes) this.#kernel = undefined;
    this.#kernel ??= pngModule.instantiate();
    return this.#kernel;
  }

  /** A trap leaves the instance in an unknown state: the next image starts with a new one. */
  #orForget<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#kernel = undefined;
      throw error;
    }
  }

  #run(
    kernel: PngExports,
    { image, whole = image, colours, orientation, opaque = false, boxes, fit, position }: PngRequest,
    filtered: boolean,
  ): Made<SmallRaster> {
    const opened = kernel.open(
      image.width,
      image.height,
      image.bitDepth,
      colourTypeCodes[image.colourType],
      colours.table ? 1 : 0,
      colours.transparent ? 1 : 0,
      colours.transparentColour ?? -1,
    );
    if (opened !== 0) return this.#refused(opened);
    if (colours.table) this.#view(kernel, kernel.coloursAt() >>> 0, 1024).set(colours.table);
    const drawn = boxes.map((box) =>
      placeInForm(fitToBox(whole, orientation, box, fit, position), whole, image),
    );
    for (const g of drawn) {
      if (Math.max(g.spanX / g.width, g.spanY / g.height) > MOST_REDUCED) {
        return { status: 'refused', reason: 'the thumbnail is too small for the image' };
      }
      const { width, height, left, top, spanX, spanY, canvasWidth, canvasHeight, offsetX, offsetY } = g;
      const added = kernel.addTarget(
        width,
        height,
        left,
        top,
        spanX,
        spanY,
        canvasWidth,
        canvasHeight,
        offsetX,
        offsetY,
      );
      if (added !== 0) return this.#refused(added);
    }
    const scaled = !drawn.every(isUnscaled);
    const ended = kernel.run(orientation, scaled ? 1 : 0, opaque ? 1 : 0, filtered ? 1 : 0);
    assertGuards(kernel);
    if (ended !== 0) return this.#refused(ended);
    return {
      status: 'ok',
      outputs: drawn.map(({ canvasWidth, canvasHeight }, i) => ({
        pixels: this.#view(kernel, kernel.output(i) >>> 0, kernel.outputLength(i)),
        channels: kernel.outputChannels(i, orientation) as Raster['channels'],
        width: canvasWidth,
        height: canvasHeight,
        colour: kernel.outputColour(i),
      })),
    };
  }

  #view(kernel: PngExports, at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(kernel.memory.buffer, at, length);
  }

  #refused(outcome: number): Refused {
    this.#outcomes ??= pngModule.readOutcomeNames();
    return { status: 'refused', reason: this.#outcomes.get(outcome) ?? `outcome ${outcome}` };
  }
}

function assertGuards(kernel: PngExports): void {
  if (kernel.guardsIntact() === 0) throw new Error('The PNG kernel wrote outside its regions of memory.');
}

/** At most cropped or turned: then every pixel keeps its value, even the colour of a transparent one. */
function isUnscaled({ width, height, spanX, spanY }: Geometry): boolean {
  return width === spanX && height === spanY;
}
