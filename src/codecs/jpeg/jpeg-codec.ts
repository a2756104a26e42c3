import type { Box } from '../../shared/settings/boxes.ts';
import type { Fit, Position } from '../../shared/settings/choices.ts';
import { fitToBox, type Orientation, type Size } from '../common/geometry.ts';
import type { Raster, SmallRaster } from '../common/raster.ts';
import { type JpegExports, jpegModule } from './jpeg-module.ts';
import { sentenceFor } from './outcome-sentences.ts';

export interface JpegTarget {
  readonly box: Box;
  readonly fit: Fit;
  readonly position?: Position;
  /** From 1 to 100. */
  readonly quality: number;
}

export interface JpegRequest {
  /** The size of the file in `input`, in bytes. */
  readonly size: number;
  /** One to eight thumbnails from one decode. */
  readonly targets: readonly JpegTarget[];
  /** From the header (see jpeg-header.ts). The thumbnails come out upright. */
  readonly orientation?: Orientation;
  /** Decode to at least 1 sample per output pixel in each direction instead of at least 2. */
  readonly fast?: boolean;
  /** Decode a damaged file as far as possible, with a warning. */
  readonly tolerant?: boolean;
}

/** A finished file. */
export interface JpegOutput {
  /** In the kernel's memory: valid until its next call. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The mean of its pixels, as 0xRRGGBB. */
  readonly colour: number;
}

export type JpegErrorCode = 'TRUNCATED_IMAGE' | 'CORRUPT_IMAGE';

export type JpegResult<Output = JpegOutput> =
  | { readonly status: 'ok'; readonly outputs: readonly Output[]; readonly warning?: string }
  | NotMade;

type NotMade =
  /** The kernel does not support the file; sharp may. */
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'failed'; readonly code: JpegErrorCode; readonly message: string };

/** Both of one thumbnail: the file, and its pixels for other encoders. */
export interface FileAndPixels {
  readonly file: JpegOutput;
  readonly pixels: SmallRaster;
}

/** What the kernel is to find out or make of each thumbnail. */
type Wanted = 'files' | 'pixels' | 'both' | 'verdict';

/** What `judge` found out about an image, without making anything of it. */
type JpegVerdict =
  /** All pixels are there; `warning`: although the file is damaged. */
  | { readonly status: 'whole'; readonly warning?: string }
  /** Pixels are missing or doubtful: `thumbnails` fails, or tolerates it, with this code and message. */
  | { readonly status: 'damaged'; readonly code: JpegErrorCode; readonly message: string }
  /** The kernel does not support the file. */
  | { readonly status: 'refused'; readonly reason: string };

/** If an instance has more memory than this after an image, it is dropped: one panorama must not keep it for good. */
const keepUpToBytes = 48 * 1024 * 1024;

/**
 * Turns the bytes of a JPEG file into thumbnails, in one synchronous call. Assumes that three components are YCbCr and
 * that a file without a profile is sRGB: `choosePath` selects the files for which that is true. One per worker thread:
 *
 *   const bytes = kernel.input(size);   // readSync into it
 *   const result = kernel.thumbnails({ size, targets });
 */
export class JpegCodec {
  #kernel: JpegExports | undefined;
  /** The address of the file in memory; 0 if there is none. */
  #inputAt = 0;
  #inputSize = 0;
  #outcomes: ReadonlyMap<number, string> | undefined;

  /**
   * Returns where to put the file, or `undefined` if it is too large for the kernel or there is no memory for it. The
   * bytes stay until the next `input`, but the view does not: `thumbnails` detaches it when the memory grows. `file`
   * returns a new one.
   */
  input(size: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.#kernel && this.#kernel.memory.buffer.byteLength > keepUpToBytes) this.#kernel = undefined;
    this.#kernel ??= jpegModule.instantiate();
    this.#inputAt = (this.#kernel?.input(size) ?? 0) >>> 0;
    this.#inputSize = this.#inputAt === 0 ? 0 : size;
    return this.#inputAt === 0 ? undefined : this.#view(this.#inputAt, size);
  }

  /** A new view of the last `input`: for sharp, if the kernel refused the file. */
  file(): Uint8Array<ArrayBuffer> | undefined {
    return this.#inputAt === 0 ? undefined : this.#view(this.#inputAt, this.#inputSize);
  }

  /** Makes thumbnails of the last `input`. */
  thumbnails(request: JpegRequest): JpegResult {
    return this.#withKernel(request, (kernel) =>
      this.#run(kernel, request, 'files', (index, size) => this.#fileOf(kernel, index, size)),
    );
  }

  /**
   * The file of a thumbnail in another quality, from the same decode: valid until the next call.
   * @param index its position among the thumbnails of the last request for files.
   */
  encodeAgain(index: number, quality: number): Uint8Array<ArrayBuffer> {
    const kernel = this.#kernel;
    if (kernel?.encodeAgain(index, quality) !== 0) {
      throw new Error('Expected a thumbnail that was just made.');
    }
    if (kernel.guardsIntact() === 0) {
      throw new Error('The JPEG kernel wrote outside its regions of memory.');
    }
    return this.#output(kernel, index);
  }

  /** Makes both of the same decode. They are valid until the kernel's next call. */
  filesAndPixels(request: JpegRequest): JpegResult<FileAndPixels> {
    const { orientation = 1, targets } = request;
    return this.#withKernel(request, (kernel) =>
      this.#run(kernel, request, 'both', (index, size) => ({
        file: this.#fileOf(kernel, index, size),
        pixels: this.#pixelsOf(kernel, targets.length + index, size, orientation),
      })),
    );
  }

  /** Makes the pixels of the same thumbnails, for another encoder. They are valid until the kernel's next call. */
  rasters(request: JpegRequest): JpegResult<SmallRaster> {
    const { orientation = 1 } = request;
    return this.#withKernel(request, (kernel) =>
      this.#run(kernel, request, 'pixels', (index, size) => this.#pixelsOf(kernel, index, size, orientation)),
    );
  }

  /**
   * Finds out how `thumbnails` would end for the same request, in less time: all data is decoded, but no pixels are.
   * Also of colours that `choosePath` keeps from the kernel, because these make no difference to what is damaged.
   */
  judge(request: JpegRequest): JpegVerdict {
    const ended = this.#withKernel(request, (kernel) =>
      this.#run(kernel, { ...request, tolerant: false }, 'verdict', () => undefined),
    );
    switch (ended.status) {
      case 'ok':
        return { status: 'whole', ...(ended.warning !== undefined && { warning: ended.warning }) };
      case 'failed':
        return { ...ended, status: 'damaged' };
      case 'refused':
        return ended;
    }
  }

  #withKernel<Output>(
    request: JpegRequest,
    work: (kernel: JpegExports) => JpegResult<Output>,
  ): JpegResult<Output> {
    const kernel = this.#kernel;
    if (!kernel || this.#inputAt === 0) return { status: 'refused', reason: 'the file is too large' };
    if (request.size > this.#inputSize) {
      throw new RangeError(`Expected size to be at most ${this.#inputSize}, got ${request.size}`);
    }
    try {
      return work(kernel);
    } catch (error) {
      // A trap leaves the instance in an unknown state: the next image starts with a new one.
      this.#kernel = undefined;
      this.#inputAt = 0;
      throw error;
    }
  }

  /** The memory that the kernel holds, in bytes. */
  get memoryBytes(): number {
    return this.#kernel?.memory.buffer.byteLength ?? 0;
  }

  #run<Output>(
    kernel: JpegExports,
    request: JpegRequest,
    wanted: Wanted,
    outputOf: (index: number, size: Size) => Output,
  ): JpegResult<Output> {
    const dry = wanted === 'verdict';
    const opened = kernel.open(request.size, request.tolerant ? 1 : 0, dry ? 1 : 0);
    if (opened !== 0) return this.#ended(opened);
    const orientation = request.orientation ?? 1;
    const image = { width: kernel.width(), height: kernel.height() };
    const drawn = request.targets.map(({ box, fit, position, quality }) => {
      const g = fitToBox(image, orientation, box, fit, position);
      return { g, quality };
    });
    const files = wanted === 'pixels' ? [] : drawn.map((each) => ({ ...each, pixels: 0 }));
    const pixels =
      wanted === 'pixels' || wanted === 'both' ? drawn.map((each) => ({ ...each, pixels: 1 })) : [];
    for (const { g, quality, pixels: asPixels } of [...files, ...pixels]) {
      const added = kernel.addTarget(
        g.width,
        g.height,
        g.left,
        g.top,
        g.spanX,
        g.spanY,
        g.canvasWidth,
        g.canvasHeight,
        g.offsetX,
        g.offsetY,
        quality,
        asPixels,
      );
      if (added !== 0) return this.#ended(added);
    }
    const ended = kernel.run(orientation, request.fast ? 1 : 2);
    if (kernel.guardsIntact() === 0) {
      throw new Error('The JPEG kernel wrote outside its regions of memory.');
    }
    if (ended !== 0) return this.#ended(ended);
    const outputs = (dry ? [] : drawn).map(({ g }, index) =>
      outputOf(index, { width: g.canvasWidth, height: g.canvasHeight }),
    );
    const warning = kernel.warning();
    return warning === 0
      ? { status: 'ok', outputs }
      : { status: 'ok', outputs, warning: sentenceFor(this.#nameOf(warning)) };
  }

  #fileOf(kernel: JpegExports, index: number, size: Size): JpegOutput {
    return { bytes: this.#output(kernel, index), ...size, colour: kernel.outputColour(index) };
  }

  #pixelsOf(kernel: JpegExports, index: number, size: Size, orientation: Orientation): SmallRaster {
    const channels = kernel.outputChannels(index, orientation) as Raster['channels'];
    return { pixels: this.#output(kernel, index), channels, ...size, colour: kernel.outputColour(index) };
  }

  #output(kernel: JpegExports, index: number): Uint8Array<ArrayBuffer> {
    return this.#view(kernel.output(index) >>> 0, kernel.outputLength(index));
  }

  #view(at: number, length: number): Uint8Array<ArrayBuffer> {
    if (!this.#kernel) throw new Error('The JPEG kernel has no memory.');
    return new Uint8Array(this.#kernel.memory.buffer, at, length);
  }

  #nameOf(outcome: number): string {
    this.#outcomes ??= jpegModule.readOutcomeNames();
    return this.#outcomes.get(outcome) ?? `outcome ${outcome}`;
  }

  #ended(outcome: number): NotMade {
    const name = this.#nameOf(outcome);
    if (name === 'TRUNCATED') {
      return { status: 'failed', code: 'TRUNCATED_IMAGE', message: sentenceFor(name) };
    }
    if (name.startsWith('CORRUPT_')) {
      return { status: 'failed', code: 'CORRUPT_IMAGE', message: sentenceFor(name) };
    }
    return { status: 'refused', reason: sentenceFor(name) };
  }
}
