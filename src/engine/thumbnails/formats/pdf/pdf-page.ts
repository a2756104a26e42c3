import type { Size } from '../../../../codecs/common/geometry.ts';
import type { Raster } from '../../../../codecs/common/raster.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { damaged, endsTooEarly } from '../faults.ts';
import { allocate, type Pdfium } from './pdfium.ts';

const PASSWORD = 4;
const SECURITY = 5;
/** Four bytes a pixel, of which the last means nothing. */
const BGRX = 3;
const WITH_ANNOTATIONS = 1;
const REVERSED = 16;
/** Where the end of a document is looked for. */
const endBytes = 2048;

/** The first page of a document, until it is closed. */
export class PdfPage {
  readonly #pdfium: Pdfium;
  readonly #bytes: number;
  readonly #document: number;
  readonly #page: number;

  /** @throws ItemError */
  constructor(pdfium: Pdfium, file: FileBytes, name: string) {
    this.#pdfium = pdfium;
    this.#bytes = allocate(pdfium, file.length, name);
    pdfium.HEAPU8.set(file.read(0, file.length), this.#bytes);
    this.#document = pdfium._FPDF_LoadMemDocument(this.#bytes, file.length, 0);
    if (this.#document === 0) {
      const code = pdfium._FPDF_GetLastError();
      pdfium.wasmExports.free(this.#bytes);
      throw whyClosed(code, file, name);
    }
    this.#page = pdfium._FPDF_LoadPage(this.#document, 0);
    if (this.#page === 0) {
      this.#closeDocument();
      throw damaged(name, 'it has no first page');
    }
  }

  /** In points, 72 to an inch, cropped and turned as it is shown. */
  get size(): Size {
    return {
      width: this.#pdfium._FPDF_GetPageWidth(this.#page),
      height: this.#pdfium._FPDF_GetPageHeight(this.#page),
    };
  }

  /** Draws the page on white. */
  drawn({ width, height }: Size, name: string): Raster {
    const pdfium = this.#pdfium;
    const pointer = allocate(pdfium, 4 * width * height, name);
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, BGRX, pointer, 4 * width);
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    pdfium._FPDF_RenderPageBitmap(bitmap, this.#page, 0, 0, width, height, 0, WITH_ANNOTATIONS | REVERSED);
    const pixels = new Uint8Array(3 * width * height);
    const from = pdfium.HEAPU8.subarray(pointer, pointer + 4 * width * height);
    for (let at = 0, to = 0; to < pixels.length; at += 4, to += 3) {
      pixels[to] = from[at] ?? 0;
      pixels[to + 1] = from[at + 1] ?? 0;
      pixels[to + 2] = from[at + 2] ?? 0;
    }
    pdfium._FPDFBitmap_Destroy(bitmap);
    pdfium.wasmExports.free(pointer);
    return { pixels, channels: 3, width, height };
  }

  close(): void {
    this.#pdfium._FPDF_ClosePage(this.#page);
    this.#closeDocument();
  }

  #closeDocument(): void {
    this.#pdfium._FPDF_CloseDocument(this.#document);
    this.#pdfium.wasmExports.free(this.#bytes);
  }
}

function whyClosed(code: number, file: FileBytes, name: string): ItemError {
  if (code === PASSWORD || code === SECURITY) {
    return new ItemError('PASSWORD_NEEDED', `${name} is encrypted, and opens only with its password.`);
  }
  const end = Buffer.from(file.read(Math.max(0, file.length - endBytes), endBytes));
  return end.includes('%%EOF') ? damaged(name, 'its PDF data cannot be read') : endsTooEarly(name);
}
